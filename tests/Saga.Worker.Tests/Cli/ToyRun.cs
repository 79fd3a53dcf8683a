using System.Text.Json.Nodes;

namespace Saga.Worker.Tests.Cli;

/// <summary>A run that takes one small step each time somebody looks at it.</summary>
internal sealed class ToyRun(string id, string[] steps, bool honest)
{
    private readonly List<string> _ledger = [];
    private string _status = "running";
    private bool _cancelled;

    public string[] Steps => steps;

    public bool CancelledDuringDelay { get; private set; }

    public void Cancel()
    {
        CancelledDuringDelay = _ledger is [.., "running"] && steps[_ledger.Count - 1] == "delay";
        _cancelled = true;
    }

    public void RollBack() => _status = "compensating";

    public string Look()
    {
        Advance();
        JsonObject run = CannedRun.Document(_status, [.. steps.Select((step, index) => index < _ledger.Count ? $"{step}:{_ledger[index]}" : step)]);
        run["id"] = id;
        run["context"] = JsonNode.Parse("""{"seen":"by all steps"}""");
        run["error"] = _status == "rolled_back" ? JsonNode.Parse("""{"reason":"step_failed:fail"}""") : null;
        return run.ToJsonString();
    }

    private void Advance()
    {
        switch (_status)
        {
            case "running" when _ledger is [.., "running"]:
                // A delay lasts until the cancellation that the demonstration sends meanwhile.
                if (steps[_ledger.Count - 1] != "delay" || _cancelled)
                    _ledger[^1] = steps[_ledger.Count - 1] == "fail" ? "failed" : "completed";
                if (_cancelled || _ledger[^1] == "failed")
                    _status = "compensating";
                else if (_ledger[^1] == "completed" && _ledger.Count == steps.Length)
                    _status = "completed";
                break;
            case "running":
                _ledger.Add("running");
                break;
            case "compensating":
                int last = _ledger.LastIndexOf("completed");
                if (last >= 0)
                    _ledger[last] = "compensated";
                else
                    _status = honest ? "rolled_back" : "failed";
                break;
        }
    }
}
