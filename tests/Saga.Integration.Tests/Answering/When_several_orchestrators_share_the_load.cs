using System.Text.Json;
using System.Text.RegularExpressions;
using RabbitMQ.Client;
using Saga.Contracts;
using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Answering;

public sealed partial class When_several_orchestrators_share_the_load(TestServers servers)
{
    [Fact]
    public async Task The_one_that_begins_a_run_hears_its_answers_and_ends_it()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        WorkerProcess[] orchestrators =
        [
            await deployment.StartAsync(Deployment.Talkative, Deployment.Orchestrator),
            await deployment.StartAsync(Deployment.Talkative, Deployment.Orchestrator),
        ];
        await Task.WhenAll(orchestrators.Select(HasItsQueueAsync));
        await deployment.StartAsync(Deployment.Steps);
        await deployment.StepsAreKnownAsync();

        const int runs = 60;
        var sender = new PlainSender(deployment.Broker);
        for (var i = 0; i < runs; i++)
            await sender.SendAsync("saga-runs", JsonSerializer.Serialize(new { runId = Guid.CreateVersion7(), steps = new[] { "echo", "echo", "echo" } }), "StartProvisioning");
        await deployment.SomeRunsHaveEndedAsync(runs);

        // Those that one began it ended, and both had their part.
        foreach (var orchestrator in orchestrators)
        {
            await Eventually.SeeAsync(
                "each run to end where it began",
                _ => Task.FromResult((Begun: RunsIn(Begun(), orchestrator), Ended: RunsIn(Ended(), orchestrator))),
                seen => seen.Begun.Count > 0 && seen.Begun.SetEquals(seen.Ended),
                context: () => deployment.Output);
        }

        await deployment.ShouldBeIdleAsync();
    }

    [Fact]
    public async Task The_answers_for_one_that_was_killed_are_heard_by_another()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        var killed = await deployment.StartAsync(Deployment.Orchestrator);
        await using var step = await HoldRunAsync(deployment, killed);
        var other = await deployment.StartAsync(Deployment.Orchestrator);
        await HasItsQueueAsync(other);

        await killed.KillAsync();
        await step.AnswerAsync();

        await deployment.SomeRunsHaveEndedAsync(1);
        await deployment.ShouldBeIdleAsync();
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_in_the_error_queue_of_all_orchestrators()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        var orchestrator = await deployment.StartAsync(Deployment.Orchestrator);
        await HasItsQueueAsync(orchestrator);

        await new PlainSender(deployment.Broker).SendAsync("saga-answers-1", "{ this is not JSON", "StepCompleted");

        (await new DeadLetters(deployment.Broker).SeeInAsync("saga-runs_error", () => deployment.Output)).ShouldContain("is an invalid start");
    }

    [Fact]
    public async Task They_are_heard_even_by_one_that_is_not_ready()
    {
        const string otherQueue = "saga-steps-announced";
        await using var deployment = await Deployment.CreateAsync(servers);
        var killed = await deployment.StartAsync(Deployment.Orchestrator);
        await using var step = await HoldRunAsync(deployment, killed);
        await killed.KillAsync();
        await using var connection = await new ConnectionFactory { Uri = deployment.Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(otherQueue);
        await channel.QueueDeclareAsync(otherQueue, durable: true, exclusive: false, autoDelete: false);

        var starting = deployment.StartAsync(Deployment.Orchestrator);
        await step.AnswerAsync();

        await deployment.SomeRunsHaveEndedAsync(1);
        starting.IsCompleted.ShouldBeFalse();
        await channel.QueueDeleteAsync(otherQueue);
        await starting;
        await deployment.ShouldBeIdleAsync();
    }

    [Fact]
    public async Task An_answer_for_a_queue_that_is_gone_is_heard_in_the_one_that_is_always_there()
    {
        await using var deployment = await Deployment.CreateAsync(servers);
        await deployment.StartAsync(Deployment.Steps);
        await using var connection = await new ConnectionFactory { Uri = deployment.Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync("saga-runs", ExchangeType.Fanout, durable: true);
        await channel.QueueDeclareAsync("heard", durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync("heard", "saga-runs", "");

        var command = new ExecuteStep
        {
            RunId = Guid.CreateVersion7(), Node = "echo-0", NodeIndex = 0, Step = "echo", Attempt = 1, DispatchId = 1, IdempotencyKey = "once",
            Input = JsonElement.Parse("{}"), Context = JsonElement.Parse("{}"), AnswerTo = "saga-answers-9",
        };
        await new PlainSender(deployment.Broker).SendAsync("saga-step-echo", JsonSerializer.Serialize(command, JsonSerializerOptions.Web), nameof(ExecuteStep));

        await Eventually.SeeAsync("the answer", async _ => await channel.BasicGetAsync("heard", autoAck: true), answer => answer is not null, context: () => deployment.Output);
    }

    /// <summary>Starts a run, and returns its step once it is to answer to the queue of this orchestrator, the only one.</summary>
    private static async Task<HeldStep> HoldRunAsync(Deployment deployment, WorkerProcess orchestrator)
    {
        await HasItsQueueAsync(orchestrator);
        var step = await HeldStep.HostAsync(deployment.Broker, "hold");
        await deployment.SeeStepAsync("hold");
        await new PlainSender(deployment.Broker).SendAsync(
            "saga-runs", JsonSerializer.Serialize(new { runId = Guid.CreateVersion7(), steps = new[] { "hold" } }), "StartProvisioning");
        (await step.AskedAsync()).ShouldBe("saga-answers-1");
        return step;
    }

    private static Task HasItsQueueAsync(WorkerProcess orchestrator) => Eventually.SeeAsync(
        "the orchestrator to have a queue for answers",
        _ => Task.FromResult(orchestrator.Output),
        output => output.Contains("come to saga-answers-", StringComparison.Ordinal));

    private static HashSet<string> RunsIn(Regex line, WorkerProcess orchestrator) =>
        [.. line.Matches(orchestrator.Output).Select(match => match.Groups["run"].Value)];

    [GeneratedRegex("Run (?<run>\\S+) is now running, at its beginning", RegexOptions.NonBacktracking)]
    private static partial Regex Begun();

    [GeneratedRegex("Run (?<run>\\S+) is now completed", RegexOptions.NonBacktracking)]
    private static partial Regex Ended();
}
