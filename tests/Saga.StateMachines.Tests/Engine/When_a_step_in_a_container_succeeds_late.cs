using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

/// <summary>It said that it failed, and during the walk back that it succeeded: it is compensated before anything it depends on.</summary>
public sealed class When_a_step_in_a_container_succeeds_late
{
    private const string Two = """{"name":"a","step":"x"},{"name":"b","step":"y","dependsOn":["a"]}""";

    [Theory]
    [InlineData("""{"name":"c","subsaga":{"plan":{"nodes":[{{Two}}]}},"dependsOn":["first"]}""", "c/")]
    [InlineData("""{"name":"c","map":{"over":[1],"nodes":[{{Two}}]},"dependsOn":["first"]}""", "c[0]/")]
    [InlineData("""{"name":"c","loop":{"maxIterations":2,"nodes":[{{Two}}],"output":1},"dependsOn":["first"]}""", "c[0]/")]
    [InlineData("""{"name":"c","route":{"cases":[{"when":true,"nodes":[{{Two}}]}]},"dependsOn":["first"]}""", "c/case-0/")]
    public void Holds_back_what_the_container_depends_on(string container, string prefix)
    {
        var walk = Walk.OfJson("""{"name":"first","step":"f"},""" + container.Replace("{{Two}}", Two, StringComparison.Ordinal)).Begin()
            .Succeed("first").Succeed($"{prefix}a").Fail($"{prefix}b");
        walk.Sent[^1].ShouldBe($"compensate {prefix}a");

        walk.Succeed($"{prefix}b").Sent[^1].ShouldBe($"compensate {prefix}b");
        walk.Compensate($"{prefix}a").Sent[^1].ShouldBe($"compensate {prefix}b");
        walk.Compensate($"{prefix}b").Sent[^1].ShouldBe("compensate first");
        walk.Compensate("first").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void Opens_what_was_compensated_around_it_again()
    {
        var walk = Walk.OfJson("""{"name":"zero","step":"z"},{"name":"first","step":"f","dependsOn":["zero"]},{"name":"c","subsaga":{"plan":{"nodes":[{"name":"b","step":"y"}]}},"dependsOn":["first"]}""")
            .Begin().Succeed("zero").Succeed("first").Fail("c/b");
        walk.StatusOf("c").ShouldBe(NodeStatus.Compensated);

        walk.Succeed("c/b").StatusOf("c").ShouldBe(NodeStatus.Unwinding);
        walk.Compensate("first").Sent[^1].ShouldNotBe("compensate zero");
        walk.Compensate("c/b").Sent[^1].ShouldBe("compensate zero");
        walk.StatusOf("c").ShouldBe(NodeStatus.Compensated);
    }

    [Fact]
    public void Holds_back_the_iterations_before_its_own()
    {
        var walk = Walk.OfJson("""{"name":"l","loop":{"initial":0,"maxIterations":3,"sequential":true,"nodes":[{"name":"a","step":"x"},{"name":"b","step":"y"}]}}""").Begin()
            .Succeed("l[0]/a").Succeed("l[0]/b").Succeed("l[1]/a").Fail("l[1]/b").Succeed("l[1]/b");

        walk.Compensate("l[1]/a").Sent[^1].ShouldBe("compensate l[1]/b");
        walk.Compensate("l[1]/b").Sent[^1].ShouldBe("compensate l[0]/b");
    }

    [Fact]
    public void Waits_for_what_depended_on_a_map_that_collected_its_failure()
    {
        var walk = Walk.OfJson("""
            {"name":"m","map":{"over":[1,2],"failure":"collect","nodes":[{"name":"a","step":"x"}]}},
            {"name":"after","step":"f","dependsOn":["m"]},{"name":"last","step":"g","dependsOn":["after"]}
            """).Begin().Fail("m[0]/a").Succeed("m[1]/a").Succeed("after").Fail("last");
        walk.Sent[^1].ShouldBe("compensate after");

        walk.Succeed("m[0]/a").Sent[^1].ShouldBe("compensate after");
        walk.Compensate("after").Sent[^2..].ShouldBe(["compensate m[1]/a", "compensate m[0]/a"]);
        walk.Compensate("m[0]/a").Compensate("m[1]/a").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void Waits_for_another_that_depends_on_it_and_came_before()
    {
        var walk = Walk.OfJson("""
            {"name":"first","step":"f"},
            {"name":"m","map":{"over":[1,2],"failure":"collect","nodes":[{"name":"a","step":"x"}]},"dependsOn":["first"]},
            {"name":"after","step":"g","dependsOn":["m"]},{"name":"last","step":"h","dependsOn":["after"]}
            """).Begin().Succeed("first").Fail("m[0]/a").Succeed("m[1]/a").Succeed("after").Fail("last").Compensate("after");
        walk.Sent[^1].ShouldBe("compensate m[1]/a");
        walk.Succeed("last").Sent[^1].ShouldBe("compensate last");

        walk.Succeed("m[0]/a").Sent[^1].ShouldBe("compensate last");
        walk.Compensate("m[1]/a").Sent[^1].ShouldBe("compensate last");
        walk.Compensate("last").Sent[^1].ShouldBe("compensate m[0]/a");
        walk.Compensate("m[0]/a").Sent[^1].ShouldBe("compensate first");
        walk.Compensate("first").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void Is_noted_while_the_others_of_a_collecting_map_go_on()
    {
        var walk = Walk.OfJson("""{"name":"m","map":{"over":[1,2],"failure":"collect","maxConcurrency":1,"nodes":[{"name":"a","step":"x"}]}}""").Begin().Fail("m[0]/a");
        walk.Succeed("m[0]/a").Sent.ShouldBe(["execute m[0]/a", "execute m[1]/a"]);

        walk.Succeed("m[1]/a").State.Status.ShouldBe(RunStatus.Completed);
        walk.RollBack().Compensate("m[1]/a").Sent[^1].ShouldBe("compensate m[0]/a");
    }

    [Fact]
    public void A_late_wait_is_compensated_and_takes_no_place_of_another_item()
    {
        var walk = Walk.OfJson("""{"name":"m","map":{"over":[1,2,3],"failure":"collect","maxConcurrency":1,"nodes":[{"name":"a","step":"x"}]}}""").Begin().Fail("m[0]/a");

        walk.Await("m[0]/a", all: false, null, "go").Sent.ShouldBe(["execute m[0]/a", "execute m[1]/a"]);
        walk.StatusOf("m[0]/a").ShouldBe(NodeStatus.Unknown);
        walk.Cancel().Fail("m[1]/a").Sent[^1].ShouldBe("compensate m[0]/a");
    }
}
