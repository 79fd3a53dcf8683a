using Shouldly;
using Xunit.Sdk;

namespace Saga.Integration.Tests.Servers;

public sealed class When_waiting_for_something
{
    [Fact]
    public async Task What_was_seen_last_is_in_the_message_of_the_failure()
    {
        var failure = await Should.ThrowAsync<FailException>(Eventually.SeeAsync(
            "the answer",
            _ => Task.FromResult(41),
            answer => answer == 42,
            TimeSpan.FromMilliseconds(200),
            () => "Output of the oracle"));

        failure.Message.ShouldContain("Expected the answer within 00:00:00.2000000. Last seen: 41");
        failure.Message.ShouldContain("Output of the oracle");
    }

    [Fact]
    public async Task A_look_that_hangs_ends_with_the_limit()
    {
        var never = new TaskCompletionSource<bool>();

        var failure = await Should.ThrowAsync<FailException>(
            Eventually.TrueAsync("anything", _ => never.Task, TimeSpan.FromMilliseconds(200)));

        failure.Message.ShouldContain("Last seen: nothing");
    }

    [Fact]
    public async Task A_failing_look_is_repeated()
    {
        var looks = 0;

        await Eventually.TrueAsync("the third look to work", _ => ++looks < 3 ? throw new TimeoutException() : Task.FromResult(true));

        looks.ShouldBe(3);
    }

    [Fact]
    public async Task A_hopeless_wait_ends_at_once()
    {
        await Should.ThrowAsync<GivenUpException>(
            Eventually.TrueAsync("anything", _ => throw new GivenUpException("The process has ended."), TimeSpan.FromMinutes(5)));
    }
}
