using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_constant_runs
{
    private readonly Walk _walk = Walk.OfJson(
        """{"name":"k","constant":{"region":"eu","$ref":"not/read"}},{"name":"a","step":"x","input":{"$ref":"k/region"}}""").Begin();

    [Fact]
    public void Is_never_sent() => _walk.Sent.ShouldBe(["execute a"]);

    [Fact]
    public void Is_read_as_it_stands() => _walk.InputOf("a").ShouldBe("\"eu\"");

    [Fact]
    public void Leaves_nothing_to_compensate() => _walk.Fail("a").State.Status.ShouldBe(RunStatus.RolledBack);

    [Fact]
    public void A_plan_of_constants_completes_when_it_begins()
    {
        var walk = Walk.OfJson("""{"name":"k","constant":1},{"name":"l","constant":2,"dependsOn":["k"]}""").Begin();

        walk.State.Status.ShouldBe(RunStatus.Completed);
        walk.Last.Output!.Value.GetRawText().ShouldBe("2");
    }
}
