using System.Collections.Concurrent;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Commits;

namespace Saga.EntityFrameworkCore.Tests.Commits;

public sealed class When_something_waits_for_the_commit(PostgresServer postgres)
{
    private static readonly Uri _remarks = new("exchange:remarks");

    private readonly Happenings _happenings = new();

    [Theory, EveryDatabase]
    public async Task It_is_done_once_and_not_before(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await StartAsync(database);
        var commits = 0;
        host.Traffic.OnCommit = () =>
        {
            _happenings.Add("commit");

            // Overtaken at first, and handled again.
            if (Interlocked.Increment(ref commits) <= 2)
                throw new DbUpdateConcurrencyException("Someone was faster.");
        };

        await SendAsync(host);
        await host.Received.OneAsync<FileNote>();

        // A batch that fails is saved again, each message by itself.
        _happenings.All.ShouldBe(["consumed", "commit", "commit", "consumed", "commit", "told"]);
    }

    [Theory, EveryDatabase]
    public async Task It_is_never_done_when_there_is_no_commit(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await StartAsync(database);
        host.Traffic.OnCommit = () => throw new InvalidOperationException("No commit today.");

        await SendAsync(host);
        await host.Received.OneAsync<Fault<TakeNote>>();

        _happenings.All.ShouldBe(["consumed"]);
    }

    private Task<OrderHost> StartAsync(IOrderDatabase database) => OrderHost.StartAsync(database, new HostSettings
    {
        Register = bus =>
        {
            bus.AddSingleton(_happenings);
            bus.AddConsumer<RemarkConsumer>().ExcludeFromConfigureEndpoints();
        },
        Endpoints = (context, memory, _) => memory.ReceiveEndpoint("remarks", endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            endpoint.UseEntityFrameworkOutbox<OrderDbContext>(context);
            endpoint.ConfigureConsumer<RemarkConsumer>(context);
        }),
    });

    private static async Task SendAsync(OrderHost host) =>
        await (await host.Harness.Bus.GetSendEndpoint(_remarks)).Send(new TakeNote(Guid.NewGuid(), "a"));

    private sealed class Happenings
    {
        private readonly ConcurrentQueue<string> _happenings = new();

        public IReadOnlyCollection<string> All => _happenings;

        public void Add(string what) => _happenings.Enqueue(what);
    }

    private sealed class RemarkConsumer(OrderDbContext dbContext, AfterCommit<OrderDbContext> afterCommit, Happenings happenings) : IConsumer<TakeNote>
    {
        public async Task Consume(ConsumeContext<TakeNote> context)
        {
            happenings.Add("consumed");
            dbContext.Add(new Note { Id = context.Message.NoteId, Text = context.Message.Text });
            await context.Send(NoteConsumer.Filing, new FileNote(context.Message.NoteId));
            afterCommit.Do(() => happenings.Add("told"));
        }
    }
}
