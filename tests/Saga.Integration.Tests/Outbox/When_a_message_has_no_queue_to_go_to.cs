using MassTransit;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Outbox;

public sealed class When_a_message_has_no_queue_to_go_to(TestServers servers)
{
    private static readonly Uri _late = new("exchange:late");

    [Fact]
    public async Task A_command_stays_in_the_outbox_and_is_delivered_once_there_is_one()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await using var virtualHost = await servers.CreateVirtualHostAsync();
        await using var sender = await LetterBus.StartAsync(database, virtualHost, (_, _) => { });

        await sender.SendAsync(_late, new Letter("hello"));
        await Eventually.SeeAsync("sweeps that fail too", _ => sender.ReadOutboxAsync(), rows => rows is [{ Attempts: > 1 }]);

        var arrived = new TaskCompletionSource<Letter>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var receiver = await LetterBus.StartAsync(database, virtualHost, (_, rabbit) => rabbit.ReceiveEndpoint(
            "late", endpoint => endpoint.Handler<Letter>(context =>
            {
                arrived.TrySetResult(context.Message);
                return Task.CompletedTask;
            })));

        (await arrived.Task.WaitAsync(Patience.Limit)).Text.ShouldBe("hello");
        await Eventually.SeeAsync("an empty outbox", _ => sender.ReadOutboxAsync(), rows => rows.Count == 0);
    }

    [Fact]
    public async Task An_event_that_nobody_subscribed_to_is_not_kept()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await using var virtualHost = await servers.CreateVirtualHostAsync();
        await using var sender = await LetterBus.StartAsync(database, virtualHost, (_, _) => { });

        await sender.PublishAsync(new Letter("hello"));

        await Eventually.SeeAsync("an empty outbox", _ => sender.ReadOutboxAsync(), rows => rows.Count == 0);
    }

    [Fact]
    public async Task An_answer_whose_requester_has_gone_is_not_kept()
    {
        await using var database = await servers.CreateDatabaseAsync();
        await using var virtualHost = await servers.CreateVirtualHostAsync();
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var responder = await LetterBus.StartAsync(database, virtualHost, (context, rabbit) => rabbit.ReceiveEndpoint(
            "questions", endpoint =>
            {
                endpoint.UseEntityFrameworkOutbox<LetterDbContext>(context);
                endpoint.ConfigureConsumer<QuestionConsumer>(context);
            }));
        using var observed = responder.Bus.ConnectSendObserver(new WhenSent<Answer>(answered));

        var endpoint = await responder.Bus.GetSendEndpoint(new Uri("exchange:questions"));
        await endpoint.Send(new Question("anyone?"), context =>
        {
            context.RequestId = NewId.NextGuid();
            context.ResponseAddress = new Uri("exchange:gone?temporary=true");
        });

        await answered.Task.WaitAsync(Patience.Limit);
        await Eventually.SeeAsync("an empty outbox", _ => responder.ReadOutboxAsync(), rows => rows.Count == 0);
    }

    private sealed class WhenSent<TWanted>(TaskCompletionSource sent) : ISendObserver
    {
        public Task PreSend<T>(SendContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostSend<T>(SendContext<T> context)
            where T : class
        {
            if (typeof(T) == typeof(TWanted))
                sent.TrySetResult();
            return Task.CompletedTask;
        }

        public Task SendFault<T>(SendContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
