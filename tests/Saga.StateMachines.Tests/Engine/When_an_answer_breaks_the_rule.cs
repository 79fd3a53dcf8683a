using System.Text.Json;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

/// <summary>The step did its work, and the run cannot go on with what it says.</summary>
public sealed class When_an_answer_breaks_the_rule
{
    private const string DeepValue = "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]";

    private readonly Walk _walk = Walk.Of("x", "y").Begin();

    public static TheoryData<string, string> BadOutputs() => new()
    {
        { """{"id":"\ud800"}""", "invalid_text" },
        { new string('[', 57) + new string(']', 57), "value_too_deep" },
        { $"\"{new string('x', 4 * 1024 * 1024)}\"", "value_too_large" },
    };

    [Theory]
    [MemberData(nameof(BadOutputs))]
    public void It_is_compensated_without_its_output(string output, string code)
    {
        _walk.Accept(Success(output));

        _walk.State.Error!.Reason.ShouldBe("step_failed:x");
        var unknown = _walk.Ledger.OfType<LedgerChange.NodeUnknown>().ShouldHaveSingleItem();
        (unknown.Code, unknown.Output).ShouldBe((code, null));
        _walk.Sent.ShouldBe(["execute x-0", "compensate x-0"]);
        _walk.Compensate("x-0").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void It_says_itself_that_its_output_is_missing()
    {
        _walk.Accept(_walk.Success("x-0") with { OutputLost = ("invalid_output", "It is a cycle.") });

        var unknown = _walk.Ledger.OfType<LedgerChange.NodeUnknown>().ShouldHaveSingleItem();
        (unknown.Code, unknown.Message).ShouldBe(("invalid_output", "It is a cycle."));
        _walk.Compensate("x-0").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void The_deepest_output_is_taken() =>
        _walk.Succeed("x-0", new string('[', 56) + new string(']', 56)).StatusOf("x-0").ShouldBe(NodeStatus.Completed);

    [Theory]
    [InlineData("key", """ "\udc00" """, "invalid_text")]
    [InlineData("key", DeepValue, "value_too_deep")]
    public void What_it_puts_is_judged_too_and_a_good_output_goes_to_the_compensation(string key, string value, string code)
    {
        _walk.Accept(_walk.Success("x-0", "\"vpc-1\"") with { Put = new Dictionary<string, JsonElement> { [key] = JsonElement.Parse(value) } });

        var unknown = _walk.Ledger.OfType<LedgerChange.NodeUnknown>().ShouldHaveSingleItem();
        unknown.Code.ShouldBe(code);
        unknown.Output!.Value.GetString().ShouldBe("vpc-1");
        _walk.Context.ShouldBe("{}");
        _walk.Sent[^1].ShouldBe("compensate x-0");
    }

    [Fact]
    public void A_key_is_text()
    {
        _walk.Accept(_walk.Success("x-0") with { Put = new Dictionary<string, JsonElement> { ["\uD800"] = JsonElement.Parse("1") } });

        _walk.Ledger.OfType<LedgerChange.NodeUnknown>().ShouldHaveSingleItem().Code.ShouldBe("invalid_text");
    }

    [Fact]
    public void A_context_has_a_limit()
    {
        var most = 1024 * 1024;
        var whole = $"{{\"key\":\"\"}}".Length;

        _walk.Accept(Putting("x-0", new string('x', most - whole)));
        _walk.Context.Length.ShouldBe(most);
        _walk.Accept(Putting("y-1", new string('x', most - whole + 1)));

        _walk.Context.Length.ShouldBe(most);
        var unknown = _walk.Ledger.OfType<LedgerChange.NodeUnknown>().ShouldHaveSingleItem();
        unknown.Code.ShouldBe("context_too_large");
        unknown.Message!.ShouldContain("more than 1,048,576 bytes");
        _walk.State.Error!.Reason.ShouldBe("step_failed:y");
    }

    [Fact]
    public void A_step_that_awaits_signals_has_begun_and_is_compensated()
    {
        var bad = JsonElement.Parse("\"\\ud800\"");
        var awaiting = new RunEvent.StepAwaits("x-0", 1, _walk.State.Dispatches[0].DispatchId, ["go"], All: false, Timeout: null, Snapshot: bad);

        _walk.Accept(awaiting);

        _walk.Ledger.OfType<LedgerChange.NodeUnknown>().ShouldHaveSingleItem().Message!.ShouldStartWith("The snapshot of the step has half of a surrogate pair");
        _walk.Compensate("x-0").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void It_breaks_only_its_item_when_the_map_collects_failures()
    {
        var walk = Walk.OfJson("""{"name":"m","map":{"over":[1,2],"failure":"collect","nodes":[{"name":"a","step":"x"}]}}""").Begin();

        walk.Accept(walk.Success("m[0]/a", "\"\\ud800\"")).Succeed("m[1]/a", "2");

        walk.State.Status.ShouldBe(RunStatus.Completed);
        var results = JsonSerializer.Serialize(walk.Last.Output);
        results.ShouldContain("invalid_text");
        results.ShouldContain("""{"status":"completed","output":2}""");
    }

    [Fact]
    public void A_run_that_stops_anyway_keeps_its_reason()
    {
        _walk.Cancel().Accept(Success("\"\\ud800\""));

        _walk.State.Error!.Reason.ShouldBe("cancelled");
        _walk.Compensate("x-0").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void A_success_that_comes_late_is_compensated_all_the_same()
    {
        var walk = Walk.Of("echo", "fail").Begin().Succeed("echo-0").Fail("fail-1");

        walk.Accept(walk.Success("fail-1", "\"\\ud800\""));

        walk.Sent[^1].ShouldBe("compensate fail-1");
        walk.State.Error.ShouldBe(new RunError("step_failed:fail", 0));
        walk.Compensate("echo-0").Compensate("fail-1").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    private RunEvent.StepSucceeded Success(string output) => _walk.Success("x-0", output);

    private RunEvent.StepSucceeded Putting(string node, string text) => _walk.Success(node) with
    {
        Put = new Dictionary<string, JsonElement> { ["key"] = JsonSerializer.SerializeToElement(text) },
    };
}
