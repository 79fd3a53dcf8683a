using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_sleep_runs
{
    [Theory]
    [InlineData("\"PT10M\"", "{}", 10)]
    [InlineData("""{"for":"PT1H30M"}""", "{}", 90)]
    [InlineData("""{"for":{"$ref":"input/wait"}}""", """{"wait":"P1D"}""", 1440)]
    [InlineData("""{"for":"PT${input/n}M"}""", """{"n":7}""", 7)]
    [InlineData("""{"until":"2025-03-01T14:00:00+01:00"}""", "{}", 60)]
    [InlineData("""{"until":{"$ref":"input/at"}}""", """{"at":"2025-03-01T12:05:00Z"}""", 5)]
    public void Waits_until_its_moment(string sleep, string input, int minutes)
    {
        var walk = Of(sleep, input).Begin();

        walk.Ledger.ShouldContain(new LedgerChange.NodeWaiting(0, Walk.Now, Signals: null, Walk.Now.AddMinutes(minutes), WakeId: 1));
        walk.StatusOf("s").ShouldBe(NodeStatus.Waiting);
        walk.Sent.ShouldBeEmpty();
    }

    [Fact]
    public void Tells_when_it_woke()
    {
        var walk = Of("\"PT10M\"").Begin();
        walk.Clock = Walk.Now.AddMinutes(11);

        walk.Due("s").InputOf("after").ShouldBe("""{"got":{"wokeAt":"2025-03-01T12:11:00\u002B00:00"}}""");
    }

    [Theory]
    [InlineData("""{"until":"2020-01-01T00:00:00Z"}""", "{}")]
    [InlineData("""{"for":{"$ref":"input/x"}}""", """{"x":"PT0S"}""")]
    [InlineData("""{"for":"PT0S"}""", "{}")]
    [InlineData("\"PT0S\"", "{}")]
    [InlineData("\"P0D\"", "{}")]
    public void Does_not_wait_for_a_moment_that_is_over(string sleep, string input) => Of(sleep, input).Begin().Sent.ShouldBe(["execute after"]);

    [Theory]
    [InlineData("""{"for":{"$ref":"input/x"}}""", """{"x":"ten minutes"}""")]
    [InlineData("""{"for":{"$ref":"input/x"}}""", """{"x":10}""")]
    [InlineData("""{"for":{"$ref":"input/x"}}""", """{"x":"P1M"}""")]
    [InlineData("""{"for":{"$ref":"input/x"}}""", """{"x":"-PT1M"}""")]
    [InlineData("""{"for":{"$ref":"input/x"}}""", """{"x":"P99999999999999D"}""")]
    [InlineData("""{"until":{"$ref":"input/x"}}""", """{"x":"tomorrow"}""")]
    [InlineData("""{"until":{"$ref":"input/x"}}""", """{"x":"2025-03-01"}""")]
    [InlineData("""{"until":{"$ref":"input/x"}}""", """{"x":null}""")]
    public void Fails_when_its_time_is_none(string sleep, string input) => Of(sleep, input).Begin().State.Error!.Reason.ShouldBe("invalid_time:s");

    [Fact]
    public void Is_woken_by_its_own_wait_alone()
    {
        var walk = Of("\"PT10M\"").Begin();
        walk.Ignored(new RunEvent.Due(0, 0)).ShouldBe(IgnoredBecause.StaleDispatch);
        walk.Ignored(new RunEvent.Due(0, 2)).ShouldBe(IgnoredBecause.StaleDispatch);
        walk.Ignored(new RunEvent.Due(1, 1)).ShouldBe(IgnoredBecause.Duplicate);
        walk.Ignored(new RunEvent.Due(9, 1)).ShouldBe(IgnoredBecause.UnknownNode);
        walk.Ignored(new RunEvent.Due(-1, 1)).ShouldBe(IgnoredBecause.UnknownNode);

        var due = walk.DueOf("s");
        walk.Accept(due).Ignored(due).ShouldBe(IgnoredBecause.Duplicate);
    }

    [Fact]
    public void Is_stopped_when_the_run_is_cancelled()
    {
        var walk = Of("\"PT10M\"").Begin();
        var due = walk.DueOf("s");

        walk.Cancel().State.Status.ShouldBe(RunStatus.RolledBack);
        walk.StatusOf("s").ShouldBe(NodeStatus.Skipped);
        walk.Ignored(due).ShouldBe(IgnoredBecause.RunEnded);
    }

    [Fact]
    public void Leaves_nothing_to_compensate()
    {
        var walk = Of("\"PT10M\"").Begin().Due("s").Fail("after");

        walk.State.Status.ShouldBe(RunStatus.RolledBack);
        walk.Ledger.ShouldContain(new LedgerChange.NodeCompensated(0, Walk.Now, NothingToDo: true));
    }

    private static Walk Of(string sleep, string input = "{}") =>
        Walk.OfJson($$$$"""{"name":"s","sleep":{{{{sleep}}}}},{"name":"after","step":"use","input":{"got":{"$ref":"s"}}}""", input);
}
