using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_a_step_awaits_signals
{
    private const string Input = """{"name":"acme"}""";

    [Fact]
    public async Task The_answer_names_them_with_the_timeout_the_snapshot_and_the_puts()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = context =>
            {
                context.Put("order_id", 7);
                return Task.FromResult<StepResult<object?>>(
                    StepResult.Await(["paid", "shipped"], TimeSpan.FromMinutes(90), new Draft("o-7", 2), all: true));
            },
        });
        var command = Execute("scripted", Input);

        var answer = await worker.AskAsync<StepAwaiting>(command);

        (answer.RunId, answer.Node, answer.Attempt, answer.DispatchId).ShouldBe((command.RunId, "node-2", 3, 17));
        answer.Signals.ShouldBe(["paid", "shipped"]);
        (answer.All, answer.Timeout).ShouldBe((true, "PT1H30M"));
        answer.Snapshot.ShouldBeJson("""{"order":"o-7","lines":2}""");
        answer.Put!["order_id"].GetInt32().ShouldBe(7);
        (await worker.Harness.Sent.Any<StepAwaiting>(sent => sent.Context.DestinationAddress!.AbsolutePath == "/saga-runs")).ShouldBeTrue();
    }

    [Fact]
    public async Task One_signal_for_ever_and_nothing_kept_is_the_least_it_says()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = _ => Task.FromResult<StepResult<object?>>(StepResult.Await("approved")),
        });

        var answer = await worker.AskAsync<StepAwaiting>(Execute("scripted", Input));

        answer.Signals.ShouldBe(["approved"]);
        (answer.All, answer.Timeout, answer.Snapshot, answer.Put).ShouldBe((false, null, null, null));
    }

    [Fact]
    public void A_name_given_twice_counts_once() => StepResult.Await(["paid", "Paid", "paid"]).Signals.ShouldBe(["paid", "Paid"]);

    [Fact]
    public void No_signal_is_refused() =>
        Should.Throw<ArgumentException>(() => StepResult.Await([])).Message
            .ShouldStartWith("The step awaits no signal. It must await at least one. Name those it needs.");

    [Theory]
    [InlineData(0)]
    [InlineData(129)]
    public void A_name_that_no_signal_has_is_refused(int length) =>
        Should.Throw<ArgumentException>(() => StepResult.Await(["paid", new string('x', length)])).Message
            .ShouldStartWith($"The step awaits a signal named `{new string('x', length)}`, with {length} characters. {SignalName.Rule} Choose another.");

    [Theory]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\0b")]
    public void A_name_that_nobody_can_send_is_refused(string name) =>
        Should.Throw<ArgumentException>(() => StepResult.Await(name)).Message.ShouldContain(SignalName.Rule);

    // No data of a theory: whoever hands it to the test would replace it.
    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        foreach (var name in new[] { "\ud800", "a\udc00", "\udc00\ud800" })
            Should.Throw<ArgumentException>(() => StepResult.Await(name)).Message.ShouldContain(SignalName.Rule);
    }

    [Theory]
    [InlineData("...")]
    [InlineData("a/b")]
    [InlineData("%2F")]
    [InlineData(" a ")]
    [InlineData("\ud83d\ude80")]
    public void Any_other_name_is_allowed(string name) => StepResult.Await(name).Signals.ShouldBe([name]);

    [Fact]
    public void The_longest_name_is_allowed() => StepResult.Await(new string('x', 128)).Signals.Count.ShouldBe(1);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_timeout_that_is_not_positive_is_refused(int seconds) =>
        Should.Throw<ArgumentException>(() => StepResult.Await("paid", TimeSpan.FromSeconds(seconds))).Message
            .ShouldContain("A timeout must be positive. Leave it out to wait for ever.");

    [Fact]
    public void A_snapshot_is_written_as_it_was_at_that_moment()
    {
        var list = new List<int> { 1 };
        var wait = StepResult.Await("paid", snapshot: list);
        list.Add(2);

        wait.Snapshot.ShouldBeJson("[1]");
    }

    [Fact]
    public async Task A_snapshot_that_is_no_JSON_is_refused_with_the_reason()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = _ => Task.FromResult<StepResult<object?>>(StepResult.Await("paid", snapshot: double.NaN)),
        });

        var answer = await worker.AskAsync<StepFailed>(Execute("scripted", Input));

        answer.Code.ShouldBe("exception");
        answer.Message.ShouldStartWith("ArgumentException: The step keeps a snapshot that cannot be sent as JSON: ");
    }

    private sealed record Draft(string Order, int Lines);
}
