using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_subsaga_runs
{
    private const string Inner = """{"name":"a","step":"x"},{"name":"b","step":"y","input":{"from":{"$ref":"input/n"},"a":{"$ref":"a"}}}""";

    [Fact]
    public void Its_nodes_have_prefixed_names_and_see_its_own_input()
    {
        var walk = Of(Inner).Begin();
        walk.Sent.ShouldBe(["execute net/a"]);
        walk.InputOf("net/a").ShouldBe("""{"n":1}""");

        walk.Succeed("net/a", "2").InputOf("net/b").ShouldBe("""{"from":1,"a":2}""");
    }

    [Fact]
    public void Its_output_is_that_of_its_last_node() =>
        Of(Inner).Begin().Succeed("net/a").Succeed("net/b", "\"done\"").InputOf("after").ShouldBe("""{"got":"done"}""");

    [Fact]
    public void Its_output_is_what_it_says() =>
        Of(Inner, """, "output":{"both":[{"$ref":"a"},{"$ref":"b"}]}""").Begin().Succeed("net/a", "1").Succeed("net/b", "2")
            .InputOf("after").ShouldBe("""{"got":{"both":[1,2]}}""");

    [Fact]
    public void Fails_when_its_output_cannot_be_made_and_is_compensated()
    {
        var walk = Of(Inner, """, "output":{"$ref":"b/id"}""").Begin().Succeed("net/a").Succeed("net/b", "{}");

        walk.State.Error!.Reason.ShouldBe("unresolved_reference:net");
        walk.Compensate("net/b").Compensate("net/a").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void Stands_in_another()
    {
        var walk = Of($$$"""{"name":"in","subsaga":{"plan":{"nodes":[{{{Inner}}}]},"input":{"n":{"$ref":"input/n"} } } }""").Begin();
        walk.Sent.ShouldBe(["execute net/in/a"]);

        walk.Succeed("net/in/a", "0").Succeed("net/in/b", "9").InputOf("after").ShouldBe("""{"got":9}""");
        walk.Fail("after").Sent[^1].ShouldBe("compensate net/in/b");
    }

    [Theory]
    [InlineData("""{"name":"a","step":"x"},{"name":"b","step":"y","input":{"$ref":"input"}}""", "net/a", "net/b")]
    [InlineData("""{"name":"in","subsaga":{"plan":{"nodes":[{"name":"a","step":"x"},{"name":"b","step":"y","input":{"$ref":"input"}}]}}}""", "net/in/a", "net/in/b")]
    public void Without_an_input_it_has_that_of_the_run_however_deep_it_stands(string nodes, string a, string b)
    {
        var walk = Walk.OfJson($$$"""{"name":"net","subsaga":{"plan":{"nodes":[{{{nodes}}}] } } }""", """{"n":1}""").Begin();

        walk.InputOf(a).ShouldBe("""{"n":1}""");
        walk.InputOf(b).ShouldBe("""{"n":1}""");
    }

    [Fact]
    public void A_failure_inside_compensates_what_completed_inside_and_before()
    {
        var walk = Walk.OfJson($$$"""{"name":"first","step":"f"},{"name":"net","subsaga":{"plan":{"nodes":[{{{Inner}}}]}},"dependsOn":["first"]}""", """{"n":1}""")
            .Begin().Succeed("first").Succeed("net/a").Fail("net/b");
        walk.Sent[^1].ShouldBe("compensate net/a");

        walk.Compensate("net/a").Sent[^1].ShouldBe("compensate first");
        walk.Compensate("first").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    private static Walk Of(string nodes, string rest = "") => Walk.OfJson(
        $$$$"""{"name":"net","subsaga":{"plan":{"nodes":[{{{{nodes}}}}]{{{{rest}}}}},"input":{"n":1}}},{"name":"after","step":"use","input":{"got":{"$ref":"net"}}}""");
}
