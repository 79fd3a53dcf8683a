using System.Collections.Concurrent;
using System.Threading.Channels;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Saga.Contracts;

namespace Saga.Consumers.Tests.Support;

/// <summary>A step worker on the in-memory transport, and what the orchestrator receives from it.</summary>
internal sealed class StepWorker : IAsyncDisposable
{
    private static readonly string[] Queues = ["saga-runs", "saga-answers-1", "saga-answers-2"];

    private readonly Channel<object> answers = Channel.CreateUnbounded<object>();
    private readonly ConcurrentQueue<(object Answer, string Queue)> heard = new();
    private readonly ServiceProvider services;

    private StepWorker(Action<IServiceCollection> register, Action<IInMemoryBusFactoryConfigurator>? configure)
    {
        var collection = new ServiceCollection();
        register(collection);
        services = collection
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(Logged))
            .AddMassTransitTestHarness(bus =>
            {
                bus.SetTestTimeouts(Patience.Limit, Patience.Limit);
                bus.AddStepConsumers();
                bus.UsingInMemory((context, transport) =>
                {
                    configure?.Invoke(transport);
                    transport.ConfigureStepEndpoints(context);
                    foreach (var queue in Queues)
                        transport.ReceiveEndpoint(queue, Hear);
                });
            })
            .BuildServiceProvider(validateScopes: true);
    }

    public ITestHarness Harness => services.GetTestHarness();

    public LogRecorder Logged { get; } = new();

    public static Task<StepWorker> StartAsync(Script script, Action<IInMemoryBusFactoryConfigurator>? configure = null) =>
        StartAsync(s => s.AddSingleton(script).AddStep<ScriptedStep>().AddStep<HandlingStep>(), configure);

    public static async Task<StepWorker> StartAsync(
        Action<IServiceCollection> register, Action<IInMemoryBusFactoryConfigurator>? configure = null)
    {
        var worker = new StepWorker(register, configure);
        await worker.Harness.Start();
        return worker;
    }

    public async Task SendAsync(object command, string step)
    {
        var endpoint = await Harness.Bus.GetSendEndpoint(new Uri($"queue:saga-step-{step}"));
        await endpoint.Send(command, command.GetType());
    }

    public async Task<TAnswer> AskAsync<TAnswer>(ExecuteStep command)
    {
        await SendAsync(command, command.Step);
        return await NextAnswerAsync<TAnswer>();
    }

    public async Task<TAnswer> AskAsync<TAnswer>(CompensateStep command)
    {
        await SendAsync(command, command.Step);
        return await NextAnswerAsync<TAnswer>();
    }

    public async Task<TAnswer> NextAnswerAsync<TAnswer>() =>
        (await NextAnswerAsync()).ShouldBeOfType<TAnswer>();

    public async Task<object> NextAnswerAsync() => await answers.Reader.ReadAsync(Patience.Token());

    /// <summary>The queues in which answers of the type were, in the order in which they were heard.</summary>
    public IReadOnlyList<string> QueuesOf<TAnswer>() => [.. heard.Where(one => one.Answer is TAnswer).Select(one => one.Queue)];

    public bool HasSent<T>()
        where T : class => Harness.Sent.Select<T>(new CancellationToken(canceled: true)).Any();

    /// <summary>Waits until so many were sent: the harness may learn it only after the message was heard.</summary>
    public async Task<IReadOnlyList<SendContext<T>>> SentAsync<T>(int count)
        where T : class => await AsyncEnumerable.Take(Harness.Sent.SelectAsync<T>(Patience.Token()), count).Select(sent => sent.Context).ToListAsync();

    public Task StopAsync() => services.GetRequiredService<IBusControl>().StopAsync(Patience.Token());

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private void Hear(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.Handler<StepCompleted>(Hear);
        endpoint.Handler<StepFailed>(Hear);
        endpoint.Handler<StepAwaiting>(Hear);
        endpoint.Handler<StepCompensated>(Hear);
        endpoint.Handler<StepCompensationFailed>(Hear);
        endpoint.Handler<StepAnswers>(Hear);
    }

    private async Task Hear<T>(ConsumeContext<T> context)
        where T : class
    {
        heard.Enqueue((context.Message, context.ReceiveContext.InputAddress.AbsolutePath));
        await answers.Writer.WriteAsync(context.Message);
    }
}
