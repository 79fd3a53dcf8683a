using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

/// <summary>What holds for every plan, whatever its steps answer, in whatever order, how often, and whoever interferes.</summary>
public sealed class Run_properties
{
    private static readonly NodeStatus[] _unsettled = [NodeStatus.Running, NodeStatus.Completed, NodeStatus.Compensating];

    [Fact]
    public void Every_run_reaches_an_end() => Always(history =>
    {
        history.Last.Status.IsEnd().ShouldBeTrue();
        history.Last.Dispatches.ShouldBeEmpty();
    });

    [Fact]
    public void A_node_executes_once_and_after_all_it_depends_on() => Always(history =>
    {
        var executed = new HashSet<int>();
        foreach (var happening in history.Happenings)
        {
            foreach (var command in happening.NewCommands.Where(command => command.Kind == DispatchKind.Execute))
            {
                executed.Add(command.Node).ShouldBeTrue($"Node {command.Node} was executed twice");
                history.Plan.Root.Nodes[command.Node].DependsOn
                    .ShouldAllBe(dependency => happening.Decision.State.Nodes[dependency] == NodeStatus.Completed);
            }
        }
    });

    [Fact]
    public void A_node_is_compensated_once_and_after_all_that_depended_on_it() => Always(history =>
    {
        var compensated = new HashSet<int>();
        foreach (var happening in history.Happenings)
        {
            foreach (var command in happening.NewCommands.Where(command => command.Kind == DispatchKind.Compensate))
            {
                compensated.Add(command.Node).ShouldBeTrue($"Node {command.Node} was compensated twice");
                history.DescendantsOf(command.Node)
                    .ShouldAllBe(descendant => !_unsettled.Contains(happening.Decision.State.Nodes[descendant]));
            }
        }
    });

    [Fact]
    public void The_end_tells_the_truth_about_every_node_that_completed() => Always(history =>
    {
        var completed = history.Ledger.OfType<LedgerChange.NodeCompleted>().Select(change => change.Node).ToHashSet();
        var notCompensated = history.Last.Nodes.IndexesOf(NodeStatus.CompensationFailed).ToHashSet();
        switch (history.Last.Status)
        {
            case RunStatus.Completed:
                history.Last.Nodes.ToString().ShouldBe($"c{history.Plan.Root.Nodes.Length}");
                history.Last.Error.ShouldBeNull();
                break;
            case RunStatus.RolledBack:
                completed.ShouldAllBe(node => history.Last.Nodes[node] == NodeStatus.Compensated);
                history.Last.Error!.NotCompensated.ShouldBeEmpty();
                break;
            default:
                completed.ShouldAllBe(node => notCompensated.Contains(node) || history.Last.Nodes[node] == NodeStatus.Compensated);
                notCompensated.ShouldNotBeEmpty();
                history.Last.Error!.NotCompensated.ShouldBe(notCompensated.Order().Select(node => history.Plan.Root.Nodes[node].Name));
                break;
        }
    });

    [Fact]
    public void A_repeated_event_changes_nothing() => Always(history =>
    {
        foreach (var happening in history.Accepted.Where(happening => happening.Event is not RunEvent.Wake))
        {
            var again = RunEngine.Apply(history.Plan, happening.Decision.State, happening.Event, Walk.Now, RunValues.Empty);
            again.Ignored.ShouldNotBeNull();
            again.State.ShouldBeSameAs(happening.Decision.State);
            again.Commands.ShouldBeEmpty();
            again.Ledger.ShouldBeEmpty();
        }
    });

    [Fact]
    public void An_answer_counts_once_however_often_and_late_it_is_repeated() => Always(history =>
        history.Accepted.Select(happening => happening.Event).OfType<RunEvent.Answer>().ShouldBeUnique());

    [Fact]
    public void Nothing_is_sent_after_an_end_but_for_a_rollback() => Always(history =>
    {
        foreach (var happening in history.Happenings.Where(happening => happening.Before.Status.IsEnd()))
        {
            var isRollBack = happening.Before.Status == RunStatus.Completed && happening.Event is RunEvent.RollBack;
            happening.IsAccepted.ShouldBe(isRollBack);
            happening.Decision.Commands.IsEmpty.ShouldBe(!isRollBack);
        }
    });

    [Fact]
    public void The_ledger_tells_exactly_what_the_run_knows() => Always(history =>
    {
        var ledger = new List<LedgerChange>();
        foreach (var happening in history.Happenings)
        {
            ledger.AddRange(happening.Decision.Ledger);
            LedgerFold.Of(happening.Decision.State.Nodes.Count, ledger).ShouldBe(LedgerFold.Of(happening.Decision.State.Nodes));
        }
    });

    [Fact]
    public void Nothing_is_executed_after_a_cancel() => Always(history =>
        history.Happenings
            .Where(happening => happening.Decision.State.CancelRequested)
            .SelectMany(happening => happening.NewCommands)
            .ShouldAllBe(command => command.Kind == DispatchKind.Compensate));

    [Fact]
    public void A_cancelled_run_never_ends_completed() => Always(history =>
    {
        if (history.Last.CancelRequested)
        {
            history.Last.Status.ShouldNotBe(RunStatus.Completed);
            history.Last.Error!.Reason.ShouldBe(RunReason.Cancelled);
        }
    });

    [Fact]
    public void A_wake_sends_exactly_what_is_in_flight_and_changes_nothing() => Always(history =>
    {
        foreach (var state in history.Happenings.Select(happening => happening.Decision.State).Where(state => !state.Status.IsEnd()))
        {
            var woken = RunEngine.Apply(history.Plan, state, new RunEvent.Wake(), Walk.Now, RunValues.Empty);
            if (state.Status != RunStatus.Pending)
            {
                woken.State.ShouldBe(state);
                woken.Ledger.ShouldBeEmpty();
                woken.Commands.Select(command => (command.Dispatch.Node, command.Dispatch.Kind == DispatchKind.Execute)).Order()
                    .ShouldBe(state.Nodes.IndexesOf(NodeStatus.Running).Select(node => (node, true))
                        .Concat(state.Nodes.IndexesOf(NodeStatus.Compensating).Select(node => (node, false))).Order());
            }
        }
    });

    [Fact]
    public void Every_dispatch_has_the_next_id() => Always(history =>
        history.Happenings.SelectMany(happening => happening.NewCommands).Select(command => command.DispatchId)
            .ShouldBe(Enumerable.Range(1, (int)history.Last.LastDispatchId).Select(id => (long)id)));

    [Fact]
    public void No_event_in_no_state_throws() => Property.HoldsFor<(byte[] Shape, byte[] Behaviours, byte[] Story, int[] Events)>(random =>
    {
        var history = RandomWorld.Play(new Tape(random.Shape, random.Behaviours, random.Story));
        foreach (var state in history.Happenings.Select(happening => happening.Decision.State))
        {
            foreach (var number in random.Events)
            {
                var decision = RunEngine.Apply(history.Plan, state, RandomEvent.Of(history.Plan, number), Walk.Now, RunValues.Empty);
                (decision.Ignored is null || ReferenceEquals(decision.State, state)).ShouldBeTrue();
            }
        }
    });

    private static void Always(Action<History> law) =>
        Property.HoldsFor<(byte[] Shape, byte[] Behaviours, byte[] Story)>(random =>
            law(RandomWorld.Play(new Tape(random.Shape, random.Behaviours, random.Story))));
}
