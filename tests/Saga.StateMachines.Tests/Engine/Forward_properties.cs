using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

/// <summary>What holds for every walk forward.</summary>
public sealed class Forward_properties
{
    [Fact]
    public void A_node_starts_once_and_after_all_it_depends_on() => Law.Always(history =>
    {
        var started = new HashSet<int>();
        var ledger = new LedgerFold();
        foreach (var change in history.Ledger)
        {
            ledger.Add(change);
            if (change is LedgerChange.NodeStarted)
            {
                started.Add(change.Node).ShouldBeTrue($"{history.Shape.NameOf(change.Node)} started twice");
                var (start, _) = Ancestors.StartOf(history.Plan, history.Last.Blocks, change.Node);
                history.Shape.NodeAt(change.Node).DependsOn.Select(dependency => ledger.Of(start + dependency))
                    .ShouldAllBe(status => status == "completed" || status == "skipped");
                var outer = Ancestors.ParentOf(history.Shape, history.Last.Blocks, change.Node);
                (outer < 0 || ledger.Of(outer) == "running").ShouldBeTrue($"{history.Shape.NameOf(change.Node)} is inside of what has ended");
            }
        }
    });

    [Fact]
    public void Nothing_starts_once_a_failure_or_a_cancel_stops_the_run() => Law.Always(history =>
    {
        foreach (var happening in history.Accepted.Where(happening => happening.Before.CancelRequested || happening.Before.Error is not null))
        {
            happening.Decision.Ledger.ShouldAllBe(change => !(change is LedgerChange.NodeStarted));
            happening.NewCommands.ShouldAllBe(command => command.Kind == DispatchKind.Compensate || command.Kind == DispatchKind.RollBackChild);
        }
    });

    [Fact]
    public void Nothing_is_compensated_while_something_runs() => Law.Always(history =>
    {
        foreach (var state in history.Accepted.Select(happening => happening.After).Where(state => state.Status != RunStatus.Running))
        {
            state.Nodes.Contains(NodeStatus.Running).ShouldBeFalse();
            state.Nodes.Contains(NodeStatus.Waiting).ShouldBeFalse();
            state.Nodes.Contains(NodeStatus.Retrying).ShouldBeFalse();
        }
    });

    [Fact]
    public void A_cancelled_run_never_ends_completed() => Law.Always(history =>
    {
        if (history.Last.CancelRequested)
        {
            history.Last.Status.ShouldNotBe(RunStatus.Completed);
            history.Last.Error!.Reason.ShouldBe(RunReason.Cancelled);
        }
    });

    [Fact]
    public void No_more_items_or_iterations_are_under_way_than_allowed() => Law.Always(history =>
    {
        foreach (var state in history.Accepted.Select(happening => happening.After).Where(state => state.Status == RunStatus.Running))
        {
            var shape = new RunShape(history.Plan, state.Blocks);
            foreach (var blocks in state.Blocks.GroupBy(block => block.Owner))
            {
                var most = shape.NodeAt(blocks.Key) is MapNode map ? map.MaxConcurrency : 1;
                blocks.Sum(block => UnderWay(history.Plan, shape, state, block)).ShouldBeLessThanOrEqualTo(most, shape.NameOf(blocks.Key));
            }
        }
    });

    [Fact]
    public void A_run_counts_the_signals_nobody_has_taken() => Law.Always(history =>
        history.Accepted.ShouldAllBe(happening => happening.After.InboxCount == happening.Inbox));

    [Fact]
    public void Any_order_of_answers_ends_the_same_when_nothing_fails() =>
        Property.HoldsFor<(byte[] Shape, byte[] Behaviours, byte[] First, byte[] Second)>(random =>
        {
            var first = RandomWorld.PlayWithoutFailures(random.Shape, random.Behaviours, random.First);
            var second = RandomWorld.PlayWithoutFailures(random.Shape, random.Behaviours, random.Second);
            first.Last.Status.ShouldBe(RunStatus.Completed);
            second.Last.Status.ShouldBe(RunStatus.Completed);
            second.Statuses.OrderBy(node => node.Key, StringComparer.Ordinal).ShouldBe(first.Statuses.OrderBy(node => node.Key, StringComparer.Ordinal));
        });

    private static int UnderWay(Plan plan, RunShape shape, RunState state, Block block)
    {
        var stride = plan.Graphs[block.Graph].Nodes.Length;
        return Enumerable.Range(0, block.Count).Select(i => block.Start + (i * stride)).Count(item => state.Nodes[item] switch
        {
            NodeStatus.Open => true,
            NodeStatus.Broken => state.Nodes.IndexesOf(NodeStatus.Running).Any(node => Ancestors.Of(shape, state.Blocks, node).Contains(item)),
            _ => false,
        });
    }
}
