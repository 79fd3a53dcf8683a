using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

/// <summary>A template needs a value of JSON. A condition needs only a truth, and JsonLogic has one for everything.</summary>
public sealed class When_a_rule_has_no_result
{
    private const string Input = """{"zero":0,"text":"abc","none":[],"id":9007199254740993,"huge":1e400}""";

    [Theory]
    [InlineData("""{"/":[1,{"var":"input.zero"}]}""", "`Infinity`, of which JSON has no value.")]
    [InlineData("""{"%":[1,{"var":"input.zero"}]}""", "`NaN`, of which JSON has no value.")]
    [InlineData("""{"+":["abc"]}""", "`NaN`, of which JSON has no value.")]
    [InlineData("""{"+":[{"var":"input.text"},1]}""", "`NaN`, of which JSON has no value.")]
    [InlineData("""{"max":[]}""", "`-Infinity`, of which JSON has no value.")]
    [InlineData("""{"*":[]}""", "`undefined`, of which JSON has no value.")]
    [InlineData("""{"+":[{"var":"input.huge"},1]}""", "`1000000000000000000000000000000000000000000000000000000000000000…`, which is beyond the largest number, 1.8e308.")]
    [InlineData("""{"-":[{"var":"input.huge"}]}""", "`-1e+400`, which is beyond the largest number, 1.8e308.")]
    [InlineData("""{"merge":[1,{"/":[1,0]}]}""", "`Infinity`, of which JSON has no value.")]
    public void A_template_fails_its_node_and_says_what_it_came_to(string rule, string none)
    {
        var walk = Walk.OfJson("""{"name":"a","step":"x","input":{"n":{"$logic":RULE}}}""".Replace("RULE", rule, StringComparison.Ordinal), Input).Begin();

        walk.State.Error!.Reason.ShouldBe("step_failed:x");
        var failure = walk.Ledger.OfType<LedgerChange.NodeFailed>().Single();
        failure.Code.ShouldBe("rule_has_no_result");
        failure.Message.ShouldStartWith($"The rule comes to {none} A template needs a value. ");
        walk.Sent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"map":{"over":{"$logic":{"max":[]}},"nodes":[{"name":"b","step":"x"}]}}""")]
    [InlineData("""{"sleep":{"for":{"$logic":{"/":[0,0]}}}}""")]
    [InlineData("""{"loop":{"initial":{"$logic":{"/":[0,0]}},"maxIterations":1,"nodes":[{"name":"b","step":"x"}]}}""")]
    [InlineData("""{"child":{"input":{"$logic":{"/":[0,0]}},"plan":{"nodes":[{"name":"b","step":"x"}]}}}""")]
    [InlineData("""{"subsaga":{"input":{"$logic":{"/":[0,0]}},"plan":{"nodes":[{"name":"b","step":"x"}]}}}""")]
    [InlineData("""{"signal":{"name":"s","timeout":{"$logic":{"/":[0,0]}}}}""")]
    [InlineData("""{"route":{"cases":[{"when":true,"nodes":[{"name":"b","constant":1}],"output":{"$logic":{"/":[0,0]}}}]}}""")]
    public void So_does_every_template_of_a_node(string kind)
    {
        var walk = Walk.OfJson($$"""{"name":"a",{{kind[1..]}}""", Input).Begin();
        walk.Ledger.OfType<LedgerChange.NodeFailed>().First().Code.ShouldBe("rule_has_no_result");
    }

    [Theory]
    [InlineData("""{"/":[1,0]}""", true)]
    [InlineData("""{"/":[0,0]}""", false)]
    [InlineData("""{"%":[1,{"var":"input.zero"}]}""", false)]
    [InlineData("""{"+":["abc"]}""", false)]
    [InlineData("""{"max":[]}""", true)]
    [InlineData("""{"*":[]}""", false)]
    [InlineData("""{"+":[{"var":"input.huge"},1]}""", true)]
    [InlineData("""{"var":"input.huge"}""", true)]
    [InlineData("""{">":[{"/":[1,0]},1e308]}""", true)]
    [InlineData("""{"==":[{"var":"input.id"},9007199254740992]}""", false)]
    [InlineData("""{"==":[{"var":"input.id"},"9007199254740993"]}""", true)]
    [InlineData("""{"<":[9007199254740992,{"var":"input.id"}]}""", true)]
    [InlineData("""{"in":[{"var":"input.id"},[9007199254740992]]}""", false)]
    public void A_condition_holds_as_in_javascript_and_numbers_keep_their_digits(string rule, bool holds)
    {
        Walk.OfJson($$$"""{"name":"r","route":{"cases":[{"when":{{{rule}}},"nodes":[{"name":"yes","step":"x"}]}],"default":{"nodes":[{"name":"no","step":"x"}]} } }""", Input)
            .Begin().Sent.ShouldBe([holds ? "execute r/case-0/yes" : "execute r/default/no"]);

        var loop = Walk.OfJson($$$"""{"name":"l","loop":{"until":{{{rule}}},"maxIterations":2,"nodes":[{"name":"b","constant":1}]} }""", Input).Begin();
        loop.State.Status.ShouldBe(holds ? RunStatus.Completed : RunStatus.RolledBack);
    }

    [Theory]
    [InlineData("""{"name":"a","step":"x","input":{"$logic":{"+":[{"var":"input.id"},0.5]}}}""")]
    [InlineData("""{"name":"a","route":{"cases":[{"when":{">":[{"+":[{"var":"input.id"},0.5]},1]},"nodes":[{"name":"b","step":"x"}]}]}}""")]
    [InlineData("""{"name":"a","loop":{"until":{"*":[{"var":"input.id"},0.1]},"nodes":[{"name":"b","constant":1}]}}""")]
    public void Neither_goes_on_with_a_number_that_would_have_to_be_rounded(string node) =>
        Walk.OfJson(node, Input).Begin().Ledger.OfType<LedgerChange.NodeFailed>().Single().Code.ShouldBe("inexact_number");
}
