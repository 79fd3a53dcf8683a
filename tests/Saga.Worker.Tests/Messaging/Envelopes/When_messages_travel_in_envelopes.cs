using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Saga.Worker.Messaging.Envelopes;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Messaging.Envelopes;

[Collection(nameof(OneWorker))]
public sealed class When_messages_travel_in_envelopes(SharedWorker shared)
{
    private readonly IBus _bus = shared.Worker.Services.GetRequiredService<IBus>();

    [Fact]
    public async Task An_answer_comes_to_who_asked()
    {
        await using var asked = await EndpointAsync(endpoint => endpoint.Handler<Question>(context => context.RespondAsync(new Answer(context.Message.Text + "!"))));

        var answer = await Client(asked).GetResponse<Answer>(new Question("Kim"), Timeout(), RequestTimeout.After(s: 20));

        answer.Message.Text.ShouldBe("Kim!");
        answer.RequestId.ShouldNotBeNull();
        answer.ConversationId.ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_asked_is_told_what_failed_and_what_was_asked()
    {
        await using var asked = await EndpointAsync(endpoint => endpoint.Handler<Question>(_ => throw new InvalidOperationException("I do not know.")));

        var failure = await Should.ThrowAsync<RequestFaultException>(
            () => Client(asked).GetResponse<Answer>(new Question("Kim"), Timeout(), RequestTimeout.After(s: 20)));

        failure.Fault!.Exceptions.ShouldHaveSingleItem().Message.ShouldBe("I do not know.");
        failure.Fault.Host.MassTransitVersion.ShouldNotBeNull();
        failure.Fault.ShouldBeAssignableTo<Fault<Question>>()!.Message.Text.ShouldBe("Kim");
    }

    [Fact]
    public async Task What_is_sent_on_keeps_its_ids_and_its_headers()
    {
        var received = new TaskCompletionSource<ConsumeContext<Question>>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var end = await EndpointAsync(endpoint => endpoint.Handler<Question>(context =>
        {
            received.TrySetResult(context);
            return Task.CompletedTask;
        }));
        await using var start = await EndpointAsync(endpoint => endpoint.Handler<Question>(context => context.Forward(end.Address)));
        var correlation = Guid.NewGuid();

        await (await _bus.GetSendEndpoint(start.Address)).Send(new Question("Kim"), context =>
        {
            context.CorrelationId = correlation;
            context.Headers.Set("number", 42);
        });

        var context = await received.Task.WaitAsync(Patience.Limit);
        context.Message.Text.ShouldBe("Kim");
        context.CorrelationId.ShouldBe(correlation);
        context.Headers.Get<int>("number").ShouldBe(42);
        context.DestinationAddress.ShouldBe(end.Address);
    }

    [Fact]
    public async Task One_that_cannot_be_read_goes_to_the_error_queue_with_the_reason()
    {
        var arrived = new Arrivals();
        await using var queue = await EndpointAsync(endpoint => endpoint.Handler<Question>(_ => Task.CompletedTask));
        await using var errors = await EndpointAsync(_ => { }, queue.Name + "_error", arrived);

        await (await _bus.GetSendEndpoint(queue.Address)).Send(new Question("Kim"), context =>
            context.Serializer = new CopyBodySerializer(SystemTextJsonMessageSerializer.JsonContentType, new StringMessageBody("{ this is not JSON")));

        var headers = await arrived.First;
        headers["MT-Fault-Message"].ToString().ShouldBe(
            "The body of a message is not the envelope that its content type 'application/vnd.masstransit+json' promises. "
            + "'t' is an invalid start of a property name. Expected a '\"'. Path: $ | LineNumber: 0 | BytePositionInLine: 2. "
            + "An envelope is a JSON object with `messageType` and `message`. Correct it and send it again, or send plain JSON as 'application/json'.");
    }

    [Fact]
    public async Task They_are_written_and_read_by_this_worker()
    {
        var serializers = new ConcurrentBag<IMessageSerializer>();
        var opened = new TaskCompletionSource<SerializerContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var queue = await EndpointAsync(endpoint => endpoint.Handler<Question>(context =>
        {
            opened.TrySetResult(context.SerializerContext);
            return Task.CompletedTask;
        }));

        await (await _bus.GetSendEndpoint(queue.Address)).Send(new Question("Kim"), context => serializers.Add(context.Serializer));

        serializers.ShouldHaveSingleItem().ShouldBeOfType<EnvelopeSerializer>();
        (await opened.Task.WaitAsync(Patience.Limit)).ShouldBeOfType<ReceivedMessage>();
    }

    private static CancellationToken Timeout() => TestContext.Current.CancellationToken;

    private IRequestClient<Question> Client(Endpoint asked) => _bus.CreateRequestClient<Question>(asked.Address);

    private async Task<Endpoint> EndpointAsync(Action<IReceiveEndpointConfigurator> configure, string? name = null, IReceiveObserver? observer = null)
    {
        name ??= $"test-{Guid.NewGuid():N}";
        var handle = ((IBusControl)_bus).ConnectReceiveEndpoint(name, endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            configure(endpoint);
        });
        if (observer is not null)
            handle.ReceiveEndpoint.ConnectReceiveObserver(observer);
        await handle.Ready;
        return new Endpoint(name, handle);
    }

    public sealed record Question(string Text);

    public sealed record Answer(string Text);

    private sealed record Endpoint(string Name, HostReceiveEndpointHandle Handle) : IAsyncDisposable
    {
        public Uri Address { get; } = Handle.ReceiveEndpoint.InputAddress;

        public async ValueTask DisposeAsync() => await Handle.StopAsync();
    }

    // What a message says by its transport, whether or not anybody can read it.
    private sealed class Arrivals : IReceiveObserver
    {
        private readonly TaskCompletionSource<Dictionary<string, object>> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Dictionary<string, object>> First => _first.Task.WaitAsync(Patience.Limit);

        public Task PreReceive(ReceiveContext context)
        {
            _first.TrySetResult(new Dictionary<string, object>(context.TransportHeaders.GetAll(), StringComparer.Ordinal));
            return Task.CompletedTask;
        }

        public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
            where T : class => Task.CompletedTask;

        public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
            where T : class => Task.CompletedTask;

        public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
    }
}
