using System.Text.Json;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;
using Shouldly;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>A run in a test: applies events one by one and remembers what was sent and written. Between two events it is rebuilt from its text.</summary>
internal sealed class Walk(Plan plan, string input = "{}")
{
    public static readonly DateTimeOffset Now = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SimulatedTables _tables = new(input);
    private int _signals;

    public RunState State { get; private set; } = RunState.Accept(plan);

    /// <summary>The moment of the next event.</summary>
    public DateTimeOffset Clock { get; set; } = Now;

    public List<string> Sent { get; } = [];

    public List<Command> Commands { get; } = [];

    public List<LedgerChange> Ledger { get; } = [];

    /// <summary>The last decision that was accepted.</summary>
    public Decision Last { get; private set; } = null!;

    public string Context => _tables.Context;

    public IEnumerable<string> Inbox => _tables.Inbox.Select(signal => signal.Name);

    public RunShape Shape => new(plan, State.Blocks);

    public static Walk Of(params string[] steps) => new(StepList.ToPlan(steps).Plan!);

    /// <summary>A run of the plan with these nodes, written as JSON.</summary>
    public static Walk OfJson(string nodes, string input = "{}", string rest = "") => new(PlanText.Read($$"""{"nodes":[{{nodes}}]{{rest}}}"""), input);

    public static Walk OfCompleted(params string[] steps)
    {
        var walk = Of(steps).Begin();
        foreach (var (index, step) in steps.Index())
        {
            walk.Succeed($"{step}-{index}");
        }

        return walk;
    }

    public Walk Begin() => Accept(new RunEvent.Begin());

    public Walk Cancel() => Accept(new RunEvent.Cancel());

    public Walk RollBack() => Accept(new RunEvent.RollBack());

    public Walk Succeed(string node, string? output = null) => Accept(Success(node, output));

    public Walk Fail(string node, string code = "quota_exceeded") =>
        Accept(new RunEvent.StepFailed(node, AttemptOf(node), Find(node, DispatchKind.Execute), code, "No more."));

    public Walk Crash(string node, string code = "exception", TimeSpan? retryAfter = null) =>
        Accept(new RunEvent.StepFailed(node, AttemptOf(node), Find(node, DispatchKind.Execute), code, "It broke.", Retryable: true, retryAfter));

    public Walk Await(string node, bool all, TimeSpan? timeout, params string[] signals) =>
        Accept(new RunEvent.StepAwaits(node, AttemptOf(node), Find(node, DispatchKind.Execute), [.. signals], all, timeout, JsonElement.Parse("\"so far\"")));

    public Walk Compensate(string node, bool nothingToDo = false)
    {
        var dispatch = FindDispatch(node, DispatchKind.Compensate);
        return Accept(new RunEvent.StepCompensated(node, dispatch.Attempt, dispatch.DispatchId, nothingToDo));
    }

    public Walk FailToCompensate(string node, bool retryable = false)
    {
        var dispatch = FindDispatch(node, DispatchKind.Compensate);
        return Accept(new RunEvent.StepCompensationFailed(node, dispatch.Attempt, dispatch.DispatchId, "exception", "It is locked.", retryable));
    }

    public Walk Signal(string name, string? payload = null) => Accept(SignalOf(name, payload));

    public RunEvent.Signal SignalOf(string name, string? payload = null) =>
        new(new ReceivedSignal(++_signals, name, payload is null ? null : JsonElement.Parse(payload), Clock));

    /// <summary>The step that was asked first says that it did what it was told.</summary>
    public Walk AnswerFirst()
    {
        var (node, attempt, id, kind) = State.Dispatches[0];
        var name = Shape.NameOf(node);
        return Accept(kind == DispatchKind.Execute ? new RunEvent.StepSucceeded(name, attempt, id) : new RunEvent.StepCompensated(name, attempt, id));
    }

    /// <summary>The moment has come that the node waits for.</summary>
    public Walk Due(string node) => Accept(DueOf(node));

    public RunEvent.Due DueOf(string node)
    {
        var index = IndexOf(node);
        return new(index, State.Dispatches.Single(dispatch => dispatch.Node == index && State.IsInFlight(dispatch)).DispatchId);
    }

    public Walk EndChild(string node, RunStatus status, string? output = null, string? error = null) => Accept(ChildEnd(node, status, output, error));

    public RunEvent.ChildEnded ChildEnd(string node, RunStatus status, string? output = null, string? error = null) =>
        new(IndexOf(node), Guid.Empty, status, output is null ? null : JsonElement.Parse(output), error is null ? null : JsonElement.Parse(error));

    public RunEvent.StepSucceeded Success(string node, string? output = null) =>
        new(node, AttemptOf(node), Find(node, DispatchKind.Execute), output is null ? null : JsonElement.Parse(output));

    public IgnoredBecause? Ignored(RunEvent runEvent)
    {
        var decision = Apply(runEvent);
        if (decision.Ignored is not null)
        {
            decision.State.ShouldBeSameAs(State);
            decision.Commands.ShouldBeEmpty();
            decision.Ledger.ShouldBeEmpty();
            decision.Context.ShouldBeNull();
        }

        return decision.Ignored;
    }

    public Decision Apply(RunEvent runEvent) => _tables.Decide(plan, State, runEvent, Clock);

    public Walk Accept(RunEvent runEvent)
    {
        Last = Apply(runEvent);
        Last.Ignored.ShouldBeNull(runEvent.GetType().Name);
        _tables.Take(runEvent, Last);
        State = StoredState.Reload(Last.State);
        Ledger.AddRange(Last.Ledger);
        Commands.AddRange(Last.Commands);
        Sent.AddRange(Last.Commands.Select(command => Describe(command.Dispatch)));
        return this;
    }

    public string Describe(Dispatch dispatch) => $"{Verb(dispatch.Kind)} {Shape.NameOf(dispatch.Node)}";

    public NodeStatus StatusOf(string node) => State.Nodes[IndexOf(node)];

    /// <summary>What the last command to that node carries; null when it carries what the ledger says.</summary>
    public string? InputOf(string node)
    {
        var index = IndexOf(node);
        return Commands.Last(command => command.Dispatch.Node == index).Input?.GetRawText();
    }

    public string? OutputOf(string node) => _tables.OutputOf(IndexOf(node));

    public int IndexOf(string node)
    {
        var shape = Shape;
        var found = plan.Root.IndexOf(node);
        return found >= 0 ? found : Enumerable.Range(0, State.Nodes.Count).First(index => shape.NameOf(index) == node);
    }

    private static string Verb(DispatchKind kind) => kind switch
    {
        DispatchKind.Execute => "execute",
        DispatchKind.Compensate => "compensate",
        DispatchKind.RunChild => "run",
        DispatchKind.RollBackChild => "roll back",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It is not sent."),
    };

    private int AttemptOf(string node) => FindDispatch(node, DispatchKind.Execute).Attempt;

    private long Find(string node, DispatchKind kind) => FindDispatch(node, kind).DispatchId;

    private Dispatch FindDispatch(string node, DispatchKind kind)
    {
        var index = IndexOf(node);
        return State.Dispatches.Last(dispatch => dispatch.Node == index && dispatch.Kind == kind);
    }
}
