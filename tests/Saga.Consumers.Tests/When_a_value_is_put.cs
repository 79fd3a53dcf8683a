using Microsoft.Extensions.Logging.Abstractions;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_a_value_is_put
{
    private readonly StepContext<int> context = new(
        Execute("count", context: """{"number":5,"text":"five"}"""), 1, NullLogger.Instance, CancellationToken.None);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_blank_key_is_refused(string? key) =>
        Should.Throw<ArgumentException>(() => context.Put(key!, 1)).ParamName.ShouldBe("key");

    [Fact]
    public void A_value_that_is_no_JSON_is_refused_with_the_reason() =>
        Should.Throw<ArgumentException>(() => context.Put("size", double.NaN)).Message.ShouldStartWith("Step `count` puts `size`, which cannot be");

    [Fact]
    public void Null_is_a_value()
    {
        context.Put("owner", null);

        context.Puts["owner"].ShouldBeJson("null");
    }

    [Fact]
    public void It_is_written_as_it_was_at_that_moment()
    {
        var list = new List<int> { 1 };
        context.Put("list", list);
        list.Add(2);

        context.Puts["list"].ShouldBeJson("[1]");
    }

    [Fact]
    public void The_step_itself_still_reads_what_was_there_before()
    {
        context.Put("number", 6);

        context.Get<int>("number").ShouldBe(5);
    }

    [Fact]
    public void Reading_what_nobody_put_says_so()
    {
        context.TryGet<int>("colour", out _).ShouldBeFalse();
        Should.Throw<KeyNotFoundException>(() => context.Get<int>("colour")).Message.ShouldStartWith("The run's context has no `colour`.");
    }

    [Fact]
    public void Reading_it_as_another_type_says_so() =>
        Should.Throw<InvalidOperationException>(() => context.TryGet<int>("text", out _)).Message
            .ShouldStartWith("`text` of the run's context does not fit Int32:");

    [Fact]
    public void A_command_without_a_context_has_an_empty_one() =>
        new StepContext<int>(Execute("count", context: "null"), 1, NullLogger.Instance, CancellationToken.None)
            .TryGet<int>("number", out _).ShouldBeFalse();
}
