using System.Text.Json;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;
using Shouldly;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>A run in a test: applies events one by one and remembers what was sent and written.</summary>
internal sealed class Walk(Plan plan)
{
    public static readonly DateTimeOffset Now = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public RunState State { get; private set; } = RunState.Accept(plan);

    public List<string> Sent { get; } = [];

    public List<LedgerChange> Ledger { get; } = [];

    public static Walk Of(params string[] steps) => new(StepList.ToPlan(steps).Plan!);

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

    public Walk Succeed(string node) => Accept(Success(node));

    public Walk Fail(string node) => Accept(new RunEvent.StepFailed(node, 1, Find(node, DispatchKind.Execute), "quota_exceeded", "No more."));

    public Walk Compensate(string node, bool nothingToDo = false) =>
        Accept(new RunEvent.StepCompensated(node, 1, Find(node, DispatchKind.Compensate), nothingToDo));

    public Walk FailToCompensate(string node) =>
        Accept(new RunEvent.StepCompensationFailed(node, 1, Find(node, DispatchKind.Compensate), "exception", "It is locked."));

    public RunEvent.StepSucceeded Success(string node, JsonElement? output = null) =>
        new(node, 1, Find(node, DispatchKind.Execute), output);

    public IgnoredBecause? Ignored(RunEvent runEvent)
    {
        var decision = Apply(runEvent);
        if (decision.Ignored is not null)
        {
            decision.State.ShouldBeSameAs(State);
            decision.Commands.ShouldBeEmpty();
            decision.Ledger.ShouldBeEmpty();
            decision.Put.ShouldBeNull();
        }

        return decision.Ignored;
    }

    public Decision Apply(RunEvent runEvent) => RunEngine.Apply(plan, State, runEvent, Now);

    public Walk Accept(RunEvent runEvent)
    {
        var decision = Apply(runEvent);
        decision.Ignored.ShouldBeNull($"{runEvent}");
        State = decision.State;
        Ledger.AddRange(decision.Ledger);
        Sent.AddRange(decision.Commands.Select(Describe));
        return this;
    }

    public string Describe(Dispatch command) => $"{(command.Kind == DispatchKind.Execute ? "execute" : "compensate")} {plan.Root.Nodes[command.Node].Name}";

    public NodeStatus StatusOf(string node) => State.Nodes[plan.Root.IndexOf(node)];

    private long Find(string node, DispatchKind kind)
    {
        var index = plan.Root.IndexOf(node);
        return State.Dispatches.Last(dispatch => dispatch.Node == index && dispatch.Kind == kind).DispatchId;
    }
}
