using System.Collections.Immutable;
using System.Text.Json;
using Saga.Contracts;
using Saga.StateMachines.Engine.Values;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Times;

namespace Saga.StateMachines.Engine.Walking;

/// <summary>Who takes which signal. Signals wait in the order they arrived; nodes are asked in their order; exactly what a node is handed is consumed.</summary>
internal sealed class SignalDelivery(RunWalk walk)
{
    private RunDraft Run => walk.Run;

    public void StartWaiting(Place place, SignalNode signal)
    {
        DateTimeOffset? end = null;
        if (signal.Timeout is { } timeout)
        {
            if (!walk.Starts.TryEvaluate(timeout, place, out var value))
            {
                return;
            }

            end = Moments.After(Run.Now, value);
            if (end is null)
            {
                walk.Starts.FailAtStart(place.Index, "invalid_time", $"The timeout is {Moments.Show(value)}. {IsoDuration.Rule}");
                return;
            }
        }

        if (!TryReadInbox(out var inbox))
        {
            return;
        }

        walk.Starts.NoteStart(place.Index);
        if (Take(signal.Names, signal.WaitsForAll, inbox) is { } taken)
        {
            Complete(place.Index, taken, timedOut: false, signal);
            return;
        }

        Run.Set(place.Index, NodeStatus.Waiting);
        var wait = Run.Wait(place.Index, RunDraft.FirstAttempt, DispatchKind.Wait);
        var awaited = new AwaitedSignals(place.Index, signal.Names, signal.WaitsForAll);
        Run.Note(new LedgerChange.NodeWaiting(place.Index, Run.Now, awaited, end, wait.DispatchId));
    }

    /// <summary>A step cannot go on before signals arrive; perhaps they have.</summary>
    public void Await(Dispatch dispatch, RunEvent.StepAwaits awaits)
    {
        if (!TryReadInbox(out var inbox))
        {
            return;
        }

        var node = dispatch.Node;
        Run.Forget(dispatch);
        var names = awaits.Signals.IsDefault ? [] : awaits.Signals;
        var awaited = new AwaitedSignals(node, names, awaits.All);
        var taken = Take(names, awaits.All, inbox);
        Run.Set(node, NodeStatus.Waiting);
        var wait = Run.Wait(node, dispatch.Attempt, DispatchKind.Wait);
        var end = taken is null && awaits.Timeout is { } timeout ? Moments.Later(Run.Now, timeout) : (DateTimeOffset?)null;
        Run.Note(new LedgerChange.NodeWaiting(node, Run.Now, awaited, end, wait.DispatchId, awaits.Snapshot));
        if (taken is null)
        {
            Run.Awaits = [.. Run.Awaits.Add(awaited).OrderBy(item => item.Node)];
        }
        else
        {
            Resume(wait, taken.Value, timedOut: false);
        }
    }

    /// <summary>Hands a signal that has just arrived to whoever waits for it.</summary>
    /// <returns>True when somebody waits for it, who takes it now or needs others beside it; or when the inbox must be read first.</returns>
    public bool Deliver(ReceivedSignal received)
    {
        Run.Received++;
        var isWanted = false;
        foreach (var wait in Waits())
        {
            var (names, all) = WantedBy(wait.Node);
            if (!names.Contains(received.Name, StringComparer.Ordinal))
            {
                continue;
            }

            if (!TryReadInbox(out var inbox))
            {
                return true;
            }

            if (Take(names, all, [.. inbox, received]) is { } taken)
            {
                GoOn(wait, taken, timedOut: false);
                return true;
            }

            isWanted |= !inbox.Any(signal => signal.Name == received.Name);
        }

        return isWanted;
    }

    /// <summary>The time of a wait for signals is over: its node is handed what has arrived.</summary>
    public void TimeOut(Dispatch wait)
    {
        if (!TryReadInbox(out var inbox))
        {
            return;
        }

        var (names, _) = WantedBy(wait.Node);
        GoOn(wait, [.. inbox.Where(signal => names.Contains(signal.Name, StringComparer.Ordinal) && !Run.IsConsumed(signal)).DistinctBy(signal => signal.Name)], timedOut: true);
    }

    private void GoOn(Dispatch wait, ImmutableArray<ReceivedSignal> taken, bool timedOut)
    {
        if (Run.Shape.NodeAt(wait.Node) is SignalNode signal)
        {
            Run.Forget(wait);
            if (timedOut && signal.OnTimeout == SignalTimeout.Fail)
            {
                walk.Failures.Fail(wait.Node, "signal_timeout", $"{string.Join(signal.WaitsForAll ? " and " : " or ", signal.Names.Select(name => $"`{name}`"))} "
                    + "did not come in time. Send it earlier, or let the plan go on without it by `onTimeout`.");
            }
            else
            {
                Complete(wait.Node, taken, timedOut, signal);
            }
        }
        else
        {
            Resume(wait, taken, timedOut);
        }
    }

    private void Complete(int node, ImmutableArray<ReceivedSignal> taken, bool timedOut, SignalNode signal)
    {
        foreach (var item in taken)
        {
            Run.Consume(item, node);
        }

        var first = taken.IsEmpty ? null : taken[0];
        var payload = first is null && timedOut && signal.OnTimeout == SignalTimeout.Default ? signal.Default : first?.Payload;
        walk.Forward.Complete(node, JsonMaking.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("name", first?.Name);
            WriteValue(json, "payload", payload);
            json.WriteBoolean("timedOut", timedOut);
            json.WriteStartArray("signals");
            foreach (var item in taken)
            {
                json.WriteStartObject();
                json.WriteString("name", item.Name);
                WriteValue(json, "payload", item.Payload);
                json.WriteString("receivedAt", item.ReceivedAt);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }));
    }

    private void Resume(Dispatch wait, ImmutableArray<ReceivedSignal> taken, bool timedOut)
    {
        foreach (var item in taken)
        {
            Run.Consume(item, wait.Node);
        }

        var resumption = new StepResumption
        {
            Signals = [.. taken.Select(item => new DeliveredSignal { Name = item.Name, Payload = item.Payload, ReceivedAt = item.ReceivedAt })],
            TimedOut = timedOut,
        };
        Run.Forget(wait);
        Run.Awaits = Run.Awaits.RemoveAll(awaited => awaited.Node == wait.Node);
        Run.Set(wait.Node, NodeStatus.Running);
        Run.Note(new LedgerChange.NodeResumed(wait.Node, Run.Now, wait.Attempt, resumption));
        Run.SendAgain(wait.Node, wait.Attempt, DispatchKind.Execute, input: null, resumption);
    }

    private IEnumerable<Dispatch> Waits() => Run.Dispatches
        .Where(dispatch => dispatch.Kind == DispatchKind.Wait && Run.Nodes[dispatch.Node] == NodeStatus.Waiting && Run.Shape.NodeAt(dispatch.Node) is not SleepNode)
        .OrderBy(dispatch => dispatch.Node);

    private (ImmutableArray<string> Names, bool All) WantedBy(int node)
    {
        if (Run.Shape.NodeAt(node) is SignalNode signal)
        {
            return (signal.Names, signal.WaitsForAll);
        }

        foreach (var awaited in Run.Awaits)
        {
            if (awaited.Node == node)
            {
                return (awaited.Names, awaited.All);
            }
        }

        return ([], false);
    }

    /// <summary>What satisfies the wait, in the order it arrived; null when something is missing.</summary>
    private ImmutableArray<ReceivedSignal>? Take(ImmutableArray<string> names, bool all, IReadOnlyList<ReceivedSignal> inbox)
    {
        var found = inbox.Where(signal => names.Contains(signal.Name, StringComparer.Ordinal) && !Run.IsConsumed(signal)).DistinctBy(signal => signal.Name);
        ImmutableArray<ReceivedSignal> taken = all ? [.. found] : [.. found.Take(1)];
        return taken.Length == (all ? names.Distinct(StringComparer.Ordinal).Count() : 1) ? taken : null;
    }

    private bool TryReadInbox(out IReadOnlyList<ReceivedSignal> inbox)
    {
        inbox = Run.Values.Inbox ?? [];
        if (Run.Values.Inbox is not null || !Run.HadSignals)
        {
            return true;
        }

        Run.NeedInbox();
        return false;
    }

    private static void WriteValue(Utf8JsonWriter json, string name, JsonElement? value)
    {
        json.WritePropertyName(name);
        if (value is { ValueKind: not JsonValueKind.Undefined } known)
        {
            known.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
