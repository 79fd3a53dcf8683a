using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

/// <summary>The whole grid: every event in every status is accepted (null) or ignored by name.</summary>
public sealed class When_events_meet_any_status
{
    private static readonly RunStatus[] _columns =
        [RunStatus.Pending, RunStatus.Running, RunStatus.Compensating, RunStatus.Completed, RunStatus.RolledBack, RunStatus.Failed];

    [Fact]
    public void Begin() =>
        Row(new RunEvent.Begin()).ShouldBe(
            [null, IgnoredBecause.AlreadyBegun, IgnoredBecause.AlreadyBegun, IgnoredBecause.RunEnded, IgnoredBecause.RunEnded, IgnoredBecause.RunEnded]);

    [Fact]
    public void Cancel() =>
        Row(new RunEvent.Cancel()).ShouldBe(
            [null, null, IgnoredBecause.AlreadyCompensating, IgnoredBecause.RunEnded, IgnoredBecause.RunEnded, IgnoredBecause.RunEnded]);

    [Fact]
    public void RollBack() =>
        Row(new RunEvent.RollBack()).ShouldBe(
        [
            IgnoredBecause.NotCompleted, IgnoredBecause.NotCompleted, IgnoredBecause.NotCompleted,
            null, IgnoredBecause.NotCompleted, IgnoredBecause.NotCompleted,
        ]);

    [Fact]
    public void Wake() =>
        Row(new RunEvent.Wake()).ShouldBe([null, null, null, IgnoredBecause.RunEnded, IgnoredBecause.RunEnded, IgnoredBecause.RunEnded]);

    [Fact]
    public void An_answer_to_the_first_execution()
    {
        IgnoredBecause?[] row =
            [IgnoredBecause.StaleDispatch, null, IgnoredBecause.Duplicate, IgnoredBecause.RunEnded, IgnoredBecause.RunEnded, IgnoredBecause.RunEnded];

        Row(new RunEvent.StepSucceeded("echo-0", 1, 1)).ShouldBe(row);
        Row(new RunEvent.StepFailed("echo-0", 1, 1, "no", "No.")).ShouldBe(row);
    }

    [Fact]
    public void An_answer_to_the_first_compensation()
    {
        IgnoredBecause?[] row =
        [
            IgnoredBecause.StaleDispatch, IgnoredBecause.StaleDispatch, null,
            IgnoredBecause.RunEnded, IgnoredBecause.RunEnded, IgnoredBecause.RunEnded,
        ];

        Row(new RunEvent.StepCompensated("echo-0", 1, 3)).ShouldBe(row);
        Row(new RunEvent.StepCompensationFailed("echo-0", 1, 3, "no", "No.")).ShouldBe(row);
    }

    private static List<IgnoredBecause?> Row(RunEvent runEvent) => [.. _columns.Select(status => In(status).Ignored(runEvent))];

    private static Walk In(RunStatus status)
    {
        var walk = Walk.Of("echo", "echo");
        _ = status switch
        {
            RunStatus.Pending => walk,
            RunStatus.Running => walk.Begin(),
            RunStatus.Compensating => walk.Begin().Succeed("echo-0").Fail("echo-1"),
            RunStatus.Completed => walk.Begin().Succeed("echo-0").Succeed("echo-1"),
            RunStatus.RolledBack => walk.Begin().Succeed("echo-0").Fail("echo-1").Compensate("echo-0"),
            _ => walk.Begin().Succeed("echo-0").Fail("echo-1").FailToCompensate("echo-0"),
        };
        walk.State.Status.ShouldBe(status);
        return walk;
    }
}
