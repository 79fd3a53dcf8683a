using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

/// <summary>What holds for every run: how it ends, what it ignores, and what it writes down.</summary>
public sealed class Run_properties
{
    [Fact]
    public void Every_run_reaches_an_end_when_everything_comes_that_it_waits_for() => Law.Always(history =>
    {
        // That something is outstanding until then is looked at while it is played.
        history.Last.Status.IsEnd().ShouldBeTrue();
        history.Last.Dispatches.ShouldBeEmpty();
        history.Last.Awaits.ShouldBeEmpty();
    });

    [Fact]
    public void A_completed_run_has_nothing_unsettled_at_its_top() => Law.Always(history =>
    {
        foreach (var state in history.Happenings.Select(happening => happening.After).Where(state => state.Status == RunStatus.Completed))
        {
            Enumerable.Range(0, history.Plan.Root.Nodes.Length).ShouldAllBe(node => state.Nodes[node] == NodeStatus.Completed || state.Nodes[node] == NodeStatus.Skipped);
            state.Error.ShouldBeNull();
        }
    });

    [Fact]
    public void A_repeated_event_changes_nothing() => Law.Always(history =>
    {
        foreach (var happening in history.Accepted.Where(happening => !MayComeTwice(happening.Event)))
        {
            var again = RunEngine.Apply(history.Plan, happening.After, happening.Event, Walk.Now, RunValues.Empty);
            again.Ignored.ShouldNotBeNull($"{happening.Event}");
            again.State.ShouldBeSameAs(happening.After);
            again.Commands.ShouldBeEmpty();
            again.Ledger.ShouldBeEmpty();
        }
    });

    [Fact]
    public void An_answer_counts_once_however_often_and_late_it_is_repeated() => Law.Always(history =>
        history.Accepted.Select(happening => happening.Event).OfType<RunEvent.Answer>().Select(answer => (answer.DispatchId, answer.GetType())).ShouldBeUnique());

    [Fact]
    public void Nothing_is_sent_after_an_end_but_for_a_rollback() => Law.Always(history =>
    {
        foreach (var happening in history.Happenings.Where(happening => happening.Before.Status.IsEnd()))
        {
            happening.IsAccepted.ShouldBe(happening.Before.Status == RunStatus.Completed && happening.Event is RunEvent.RollBack);
            if (!happening.IsAccepted)
            {
                happening.Decision.Commands.ShouldBeEmpty();
                happening.After.ShouldBeSameAs(happening.Before);
            }
        }
    });

    [Fact]
    public void The_ledger_tells_exactly_what_the_run_knows() => Law.Always(history =>
    {
        var ledger = new LedgerFold();
        foreach (var happening in history.Accepted)
        {
            foreach (var change in happening.Decision.Ledger)
            {
                ledger.Add(change);
            }

            Enumerable.Range(0, happening.After.Nodes.Count).Where(node => ledger.Of(node) != LedgerFold.Of(happening.After.Nodes, node))
                .Select(history.Shape.NameOf).ShouldBeEmpty($"{happening.Event}");
        }
    });

    [Fact]
    public void A_wake_sends_exactly_what_is_in_flight_and_changes_nothing() => Law.Always(history =>
    {
        foreach (var state in history.Accepted.Select(happening => happening.After).Where(state => !state.Status.IsEnd() && state.Status != RunStatus.Pending))
        {
            var woken = Woken(history, state);
            woken.State.ShouldBe(state);
            woken.Ledger.ShouldBeEmpty();
            woken.Commands.Select(command => command.Dispatch.Node).Order()
                .ShouldBe(state.Nodes.IndexesOf(NodeStatus.Running).Concat(state.Nodes.IndexesOf(NodeStatus.Compensating)).Order());
        }
    });

    [Fact]
    public void Dispatch_ids_are_unique_and_ascend() => Law.Always(history =>
    {
        history.Happenings.SelectMany(happening => happening.NewCommands).Select(command => command.DispatchId).ShouldBe(
            history.Happenings.SelectMany(happening => happening.NewCommands).Select(command => command.DispatchId).Distinct().Order());
        history.Happenings.ShouldAllBe(happening => happening.NewCommands.All(command => command.DispatchId <= happening.After.LastDispatchId));
    });

    [Fact]
    public void A_node_has_one_thing_outstanding_at_most() => Law.Always(history =>
    {
        foreach (var state in history.Accepted.Select(happening => happening.After))
        {
            state.Dispatches.Where(state.IsInFlight).Select(dispatch => dispatch.Node).ShouldBeUnique();
        }
    });

    [Fact]
    public void No_event_in_no_state_throws() => Property.HoldsFor<(byte[] Shape, byte[] Behaviours, byte[] Story, int[] Events)>(random =>
    {
        var history = RandomWorld.Play(new Tape(random.Shape, random.Behaviours, random.Story));
        foreach (var state in history.Happenings.Select(happening => happening.After))
        {
            foreach (var number in random.Events)
            {
                var decision = RunEngine.Apply(history.Plan, state, RandomEvent.Of(history.Plan, state, number), Walk.Now, RunValues.Empty);
                (decision.Ignored is null || ReferenceEquals(decision.State, state)).ShouldBeTrue();
            }
        }
    });

    /// <summary>Signals are told apart before; and a child that is rolled back tells so whoever asks, its parent's forward walk or its walk back.</summary>
    private static bool MayComeTwice(RunEvent runEvent) =>
        runEvent is RunEvent.Wake or RunEvent.Signal or RunEvent.ChildEnded { Status: not RunStatus.Completed };

    private static Decision Woken(History history, RunState state)
    {
        var values = RunValues.Empty;
        while (true)
        {
            var decision = RunEngine.Apply(history.Plan, state, new RunEvent.Wake(), Walk.Now, values);
            if (decision.Needs.AreMet)
            {
                return decision;
            }

            foreach (var node in decision.Needs.Nodes)
            {
                values.Add(node, null, null);
            }
        }
    }
}
