using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Saga.Contracts;

namespace Saga.Consumers.Tests;

public sealed class When_a_worker_announces_its_steps
{
    private readonly FakeTime time = new();

    [Fact]
    public async Task They_are_published_with_their_schemas_once_the_bus_runs()
    {
        await using var worker = await StartAsync();

        var published = await worker.Harness.Published.SelectAsync<StepsAnnounced>(Patience.Token()).FirstAsync();

        var announced = published.Context.Message;
        announced.Worker.ShouldBe($"{Environment.MachineName}:{Environment.ProcessId}");
        announced.Steps.Select(step => (step.Name, step.Compensates)).ShouldBe(
            [("await-signal", false), ("delay", true), ("echo", true), ("fail", false), ("fail-compensation", true), ("flaky", false)]);
        announced.Steps[3].InputSchema.ShouldBeJson("""{"type":"object","properties":{"failMessage":{"type":["string","null"]}}}""");
    }

    [Fact]
    public async Task They_are_published_again_every_interval()
    {
        await using var worker = await StartAsync();
        var interval = await time.NextTimerAsync();
        await time.NextTimerAsync();
        (interval.DueTime, interval.Period).ShouldBe((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)));

        interval.Fire();

        (await worker.Harness.Published.SelectAsync<StepsAnnounced>(Patience.Token()).Take(2).CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task A_failure_is_logged_and_the_next_interval_tries_again()
    {
        var attempts = 0;
        await using var worker = await StartAsync(transport => transport.ConfigurePublish(publish => publish.UseExecute(_ =>
        {
            if (Interlocked.Increment(ref attempts) == 1)
                throw new InvalidOperationException("The broker is away.");
        })));
        var interval = await time.NextTimerAsync();
        await time.NextTimerAsync();

        interval.Fire();

        (await worker.Harness.Published.Any<StepsAnnounced>(published => published.Exception is null)).ShouldBeTrue();
        worker.Logged.Lines.ShouldContain(line => line.EventId == 2011);
    }

    [Fact]
    public async Task An_interval_out_of_range_stops_the_worker_from_starting()
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => StepWorker.StartAsync(services => services
            .AddBuiltInSteps()
            .Configure<StepAnnouncementOptions>(options => options.Interval = TimeSpan.Zero)));

        refused.Message.ShouldContain("It must be from 1 second to 1 hour.");
    }

    private Task<StepWorker> StartAsync(Action<IInMemoryBusFactoryConfigurator>? configure = null) =>
        StepWorker.StartAsync(services => services.AddSingleton<TimeProvider>(time).AddBuiltInSteps(), configure);
}
