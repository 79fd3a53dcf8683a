using Saga.StateMachines.Engine;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_run_error_is_stored
{
    [Theory]
    [InlineData("""{"reason":"step_failed:fail","compensate_from_idx":1}""")]
    [InlineData("""{"reason":"cancelled","compensate_from_idx":-1}""")]
    [InlineData("""{"reason":"rollback_requested","compensate_from_idx":2,"not_compensated":["echo-0","echo-2"]}""")]
    public void Is_read_as_it_was_written(string json) => RunError.Parse(json).ToJson().ShouldBe(json);

    [Fact]
    public void Is_equal_to_one_that_says_the_same()
    {
        var error = new RunError("cancelled", 1, ["a"]);
        error.ShouldBe(new RunError("cancelled", 1, ["a"]));
        error.GetHashCode().ShouldBe(new RunError("cancelled", 1, ["a"]).GetHashCode());
        error.ShouldNotBe(new RunError("cancelled", 1, ["b"]));
        error.ShouldNotBe(new RunError("cancelled", 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"reason":null,"compensate_from_idx":1}""")]
    [InlineData("""{"reason":"cancelled","compensate_from_idx":"1"}""")]
    [InlineData("""{"reason":"cancelled","compensate_from_idx":1.5}""")]
    public void Is_refused_when_damaged(string json) => Should.Throw<FormatException>(() => RunError.Parse(json));
}
