using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

/// <summary>What holds for every walk back.</summary>
public sealed class Compensation_properties
{
    private static readonly NodeStatus[] _standing =
    [
        NodeStatus.Running, NodeStatus.Waiting, NodeStatus.Retrying, NodeStatus.Completed, NodeStatus.Unknown, NodeStatus.Open, NodeStatus.Broken,
        NodeStatus.Compensating, NodeStatus.CompensationRetrying, NodeStatus.Unwinding,
    ];

    [Fact]
    public void A_node_is_compensated_once_and_after_all_that_depended_on_it() => Law.Always(history => ShouldBeCompensatedInOrder(history, history.Accepted));

    [Fact]
    public void A_success_that_comes_late_is_compensated_before_all_it_depends_on() => Law.AlwaysWithLatecomers(history => ShouldBeCompensatedInOrder(history, history.Accepted));

    [Fact]
    public void Whatever_did_something_is_compensated_or_named() => Law.Always(history =>
    {
        if (history.Last.Status == RunStatus.Completed)
        {
            return;
        }

        var remaining = history.Last.Nodes.IndexesOf(NodeStatus.CompensationFailed).ToHashSet();
        history.Effective.Where(node => history.Last.Nodes[node] != NodeStatus.Compensated && !remaining.Contains(node)).Select(history.Shape.NameOf).ShouldBeEmpty();
        history.Last.Error!.NotCompensated.ShouldBe(remaining.Order().Select(history.Shape.NameOf));
        history.Last.Status.ShouldBe(remaining.Count == 0 ? RunStatus.RolledBack : RunStatus.Failed);
    });

    [Fact]
    public void Nothing_stands_when_a_run_has_walked_back() => Law.Always(history =>
    {
        if (history.Last.Status != RunStatus.Completed)
        {
            _standing.ShouldAllBe(status => !history.Last.Nodes.Contains(status));
        }
    });

    [Fact]
    public void A_step_is_told_to_compensate_exactly_when_it_did_something_and_can() => Law.Always(history =>
    {
        if (history.Last.Status == RunStatus.Completed)
        {
            return;
        }

        var told = history.Happenings.SelectMany(happening => happening.NewCommands).Where(IsFirstCompensation).Select(command => command.Node).ToHashSet();
        var expected = history.Effective.Where(node => history.Shape.NodeAt(node) is not StepNode step || step.Compensation.Mode == CompensationMode.Command);
        told.Order().Select(history.Shape.NameOf).ShouldBe(expected.Except(Unreadable(history)).Order().Select(history.Shape.NameOf));
    });

    [Fact]
    public void Any_order_of_answers_compensates_the_same() =>
        Property.HoldsFor<(byte[] Shape, byte[] Behaviours, byte[] First, byte[] Second)>(random =>
            Compensated(random.Shape, random.Behaviours, random.First).ShouldBe(Compensated(random.Shape, random.Behaviours, random.Second)));

    private static void ShouldBeCompensatedInOrder(History history, IEnumerable<Happening> happenings)
    {
        var compensated = new HashSet<int>();
        foreach (var happening in happenings)
        {
            var descendants = new Descendants(history.Plan, happening.After);
            foreach (var node in happening.NewCommands.Where(IsFirstCompensation).Select(command => command.Node))
            {
                compensated.Add(node).ShouldBeTrue($"{history.Shape.NameOf(node)} was compensated twice");
                descendants.Of(node).Where(other => _standing.Contains(happening.After.Nodes[other])).Select(history.Shape.NameOf)
                    .ShouldBeEmpty($"{history.Shape.NameOf(node)} depends on none of these");
            }
        }
    }

    private static IEnumerable<string> Compensated(byte[] shape, byte[] behaviours, byte[] story)
    {
        var history = RandomWorld.PlayWithoutFailures(shape, behaviours, story, rollBack: true);
        history.Last.Status.ShouldBe(RunStatus.RolledBack);
        return history.Last.Nodes.IndexesOf(NodeStatus.Compensated).Select(history.Shape.NameOf).Order(StringComparer.Ordinal);
    }

    /// <summary>Those whose compensation has an input that cannot be made: they are not told anything.</summary>
    private static IEnumerable<int> Unreadable(History history) =>
        history.Ledger.OfType<LedgerChange.CompensationFailed>().Where(change => change.Code == "unresolved_reference").Select(change => change.Node);

    private static bool IsFirstCompensation(Dispatch dispatch) => dispatch is { Kind: DispatchKind.Compensate or DispatchKind.RollBackChild, Attempt: 1 };
}
