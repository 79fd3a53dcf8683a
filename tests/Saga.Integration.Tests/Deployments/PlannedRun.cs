using System.Text.Json;

namespace Saga.Integration.Tests.Deployments;

/// <summary>A run of built-in steps, and how it must look when it has ended.</summary>
public sealed record PlannedRun(Guid Id, IReadOnlyList<string> Steps)
{
    private const string Fails = "fail";
    private const string CannotBeCompensated = "fail-compensation";

    public bool HasFailingStep => Steps.Contains(Fails);

    /// <summary>One line: the status, the error, and every row of the ledger.</summary>
    public string ExpectedEnd
    {
        get
        {
            var failsAt = Steps.ToList().IndexOf(Fails);
            if (failsAt < 0)
            {
                return Line("completed", "-", Steps.Select(step => $"{step} completed"));
            }

            var remaining = Steps.Take(failsAt).Index().Where(step => step.Item == CannotBeCompensated).Select(step => $"\"{step.Item}-{step.Index}\"").ToList();
            var error = $"\"reason\":\"step_failed:fail\",\"compensate_from_idx\":{failsAt - 1}";
            return remaining.Count == 0
                ? Line("rolled_back", $"{{{error}}}", Ledger(failsAt))
                : Line("failed", $"{{{error},\"not_compensated\":[{string.Join(',', remaining)}]}}", Ledger(failsAt));
        }
    }

    /// <summary>The same line of a run as HTTP shows it.</summary>
    public static string EndOf(JsonElement run) => Line(
        run.GetProperty("status").GetString()!,
        run.GetProperty("error") is { ValueKind: JsonValueKind.Object } error ? error.GetRawText() : "-",
        run.GetProperty("nodes").EnumerateArray().Select(Row));

    private static string Line(string status, string error, IEnumerable<string> rows) => $"{status} {error} [{string.Join(", ", rows)}]";

    private IEnumerable<string> Ledger(int failsAt) => Steps.Take(failsAt)
        .Select(step => step switch
        {
            CannotBeCompensated => $"{step} compensation_failed failed",
            Load.AwaitSignal => $"{step} compensated nothing_to_do",
            _ => $"{step} compensated done",
        })
        .Append("fail failed (fail)");

    private static string Row(JsonElement node)
    {
        var row = $"{node.GetProperty("step").GetString()} {node.GetProperty("status").GetString()}";
        if (node.GetProperty("compensation") is { ValueKind: JsonValueKind.Object } compensation)
        {
            row += $" {compensation.GetProperty("how").GetString()}";
        }

        if (node.GetProperty("error") is { ValueKind: JsonValueKind.Object } error)
        {
            row += $" ({error.GetProperty("code").GetString()})";
        }

        return LacksWhatItsStepReturned(node) ? $"{row} without output" : row;
    }

    private static bool LacksWhatItsStepReturned(JsonElement node) =>
        node.GetProperty("step").GetString() is "echo" or "delay" && node.GetProperty("output").ValueKind != JsonValueKind.Object;
}
