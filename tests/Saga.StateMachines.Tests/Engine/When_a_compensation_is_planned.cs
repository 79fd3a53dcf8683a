using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_compensation_is_planned
{
    [Fact]
    public void As_none_no_command_is_sent()
    {
        var walk = Of("\"none\"").Begin().Succeed("a").Succeed("b").RollBack();

        walk.Sent[^1].ShouldBe("compensate b");
        walk.Compensate("b").State.Status.ShouldBe(RunStatus.RolledBack);
        walk.Ledger.ShouldContain(new LedgerChange.NodeCompensated(0, Walk.Now, NothingToDo: true));
    }

    [Fact]
    public void As_irreversible_the_run_ends_failed_and_names_it()
    {
        var walk = Of("\"irreversible\"").Begin().Succeed("a").Fail("b");

        walk.State.Status.ShouldBe(RunStatus.Failed);
        walk.State.Error!.ToJson().ShouldBe("""{"reason":"step_failed:y","compensate_from_idx":0,"not_compensated":["a"]}""");
        walk.Sent.ShouldNotContain("compensate a");
    }

    [Fact]
    public void With_an_input_it_may_read_what_the_step_returned()
    {
        var walk = Of("""{"input":{"id":{"$ref":"output/id"},"of":{"$ref":"input/n"}}}""", """{"n":4}""").Begin().Succeed("a", """{"id":1}""").Fail("b");
        walk.InputOf("a").ShouldBe("""{"id":1,"of":4}""");

        walk.Accept(new RunEvent.Wake()).InputOf("a").ShouldBe("""{"id":1,"of":4}""");
        walk.FailToCompensate("a", retryable: true).Due("a").InputOf("a").ShouldBe("""{"id":1,"of":4}""");
    }

    [Fact]
    public void With_an_input_that_cannot_be_made_it_fails_without_a_command()
    {
        var walk = Of("""{"input":{"$ref":"output/id"}}""").Begin().Succeed("a", "{}").Fail("b");

        walk.State.Status.ShouldBe(RunStatus.Failed);
        walk.Sent.ShouldNotContain("compensate a");
        walk.Ledger.OfType<LedgerChange.CompensationFailed>().Single().Code.ShouldBe("unresolved_reference");
    }

    [Fact]
    public void Otherwise_it_carries_what_the_execution_did() => Of("{}").Begin().Succeed("a").Fail("b").InputOf("a").ShouldBeNull();

    private static Walk Of(string compensation, string input = "{}") =>
        Walk.OfJson($$"""{"name":"a","step":"x","compensation":{{compensation}}},{"name":"b","step":"y","dependsOn":["a"]}""", input);
}
