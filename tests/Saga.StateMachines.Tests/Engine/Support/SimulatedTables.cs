using System.Text.Json;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>What the tables of a run hold, as text: enough to answer what the engine asks for, and no more than it asks for.</summary>
internal sealed class SimulatedTables(string input = "{}")
{
    private const int MostRounds = 50;

    private readonly Dictionary<int, string?> _inputs = [];
    private readonly Dictionary<int, string?> _outputs = [];

    public static Guid RunId { get; } = Guid.Parse("00000000-0000-0000-0000-000000000042");

    public string Context { get; private set; } = RunContext.Empty;

    /// <summary>The signals that were received and not consumed.</summary>
    public List<ReceivedSignal> Inbox { get; } = [];

    /// <summary>How often values had to be read for the last decision.</summary>
    public int Rounds { get; private set; }

    public Decision Decide(Plan plan, RunState state, RunEvent runEvent, DateTimeOffset now)
    {
        var values = new RunValues(RunId, input, Context);
        for (Rounds = 0; Rounds < MostRounds; Rounds++)
        {
            var decision = RunEngine.Apply(plan, state, runEvent, now, values);
            if (decision.Needs.AreMet)
            {
                return decision;
            }

            Add(values, decision.Needs);
        }

        throw new InvalidOperationException($"The engine still asks for values after {MostRounds} rounds.");
    }

    /// <summary>Commits a decision.</summary>
    public void Take(RunEvent runEvent, Decision decision)
    {
        if (decision.Ignored is not null)
        {
            return;
        }

        Context = decision.Context ?? Context;
        if (runEvent is RunEvent.Signal signal)
        {
            Inbox.Add(signal.Received);
        }

        foreach (var (consumed, _) in decision.Consumed)
        {
            if (Inbox.RemoveAll(item => item.Number == consumed) != 1)
            {
                throw new InvalidOperationException($"Signal {consumed} was consumed, and is not in the inbox.");
            }
        }

        foreach (var change in decision.Ledger)
        {
            Write(change);
        }
    }

    public string? OutputOf(int node) => _outputs.GetValueOrDefault(node);

    private void Write(LedgerChange change)
    {
        switch (change)
        {
            case LedgerChange.ItemPlanned planned:
                _inputs.Add(change.Node, planned.Item.GetRawText());
                break;
            case LedgerChange.NodeStarted { HasRow: false } started:
                // A row is born once.
                _inputs.Add(change.Node, started.Input?.GetRawText());
                break;
            case LedgerChange.NodeSkipped { HasRow: false }:
                _inputs.Add(change.Node, null);
                break;
            case LedgerChange.NodeCompleted completed:
                _outputs[RowOf(change)] = completed.Output?.GetRawText();
                break;
            case LedgerChange.NodeUnknown { Output: { } kept }:
                _outputs[RowOf(change)] = kept.GetRawText();
                break;
            case LedgerChange.NodeFailed failed:
                _outputs[RowOf(change)] = failed.Result?.GetRawText();
                break;
            default:
                RowOf(change);
                break;
        }
    }

    private int RowOf(LedgerChange change) =>
        _inputs.ContainsKey(change.Node) ? change.Node : throw new InvalidOperationException($"{change} changes a row that was not born.");

    private void Add(RunValues values, Needs needs)
    {
        if (needs.Inbox)
        {
            values.Inbox = [.. Inbox];
        }

        foreach (var node in needs.Nodes)
        {
            values.Add(node, Json(_inputs.GetValueOrDefault(node)), Json(_outputs.GetValueOrDefault(node)));
        }
    }

    private static JsonElement? Json(string? text) => text is null ? null : JsonElement.Parse(text);
}
