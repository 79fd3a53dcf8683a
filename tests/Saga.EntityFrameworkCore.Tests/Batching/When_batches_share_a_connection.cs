using System.Data;
using System.Data.Common;
using MassTransit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.BusOutbox;

namespace Saga.EntityFrameworkCore.Tests.Batching;

public sealed class When_batches_share_a_connection(PostgresServer postgres)
{
    [Fact]
    public async Task Those_after_one_that_failed_are_saved_whatever_connection_they_get()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Sqlite);
        await using var host = await OrderHost.StartAsync(database, new HostSettings { Pooled = true });

        // A pooled context goes on with the same connection object, which may be another connection underneath when somebody else has opened one meanwhile. A
        // statement that belongs to the former would find the database locked, until its patience of 30 s is over.
        for (var i = 0; i < 12; i++)
        {
            await Should.ThrowAsync<DbUpdateException>(() => SaveAsync(host, text: null!));
            await using var reader = new SqliteConnection(await host.AskAsync(db => Task.FromResult(db.Database.GetConnectionString())));
            if (i % 2 == 0)
                await reader.OpenAsync();
            await SaveAsync(host, "good").WaitAsync(Patience.Limit);
        }

        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(12);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task It_goes_on_after_conflicts(bool pooled)
    {
        const int Saves = 60;
        await using var database = await postgres.CreateAsync(DatabaseKind.Sqlite);
        await using var host = await OrderHost.StartAsync(database, new HostSettings { Pooled = pooled });
        var known = Guid.NewGuid();

        var saves = Enumerable.Range(0, Saves).Select(i => SaveAsync(host, "any", i % 3 == 0 ? known : null)).ToList();
        await Task.WhenAny(Task.WhenAll(saves));

        saves.Count(save => save.IsFaulted).ShouldBe(Saves / 3 - 1);
        (await host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(Saves - Saves / 3 + 1);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task It_is_closed_with_the_container(bool pooled)
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Sqlite);
        var provider = Provider(database, pooled);
        var connection = await provider.GetRequiredService<BatchContext<OrderDbContext>>().UseAsync(db => Task.FromResult(db.Database.GetDbConnection()));
        connection.State.ShouldBe(ConnectionState.Open);

        await provider.DisposeAsync();

        connection.State.ShouldBe(ConnectionState.Closed);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_batch_that_outlives_the_container_closes_it(bool pooled)
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Sqlite);
        var provider = Provider(database, pooled);
        var ended = new TaskCompletionSource();
        DbConnection? connection = null;
        var batch = provider.GetRequiredService<BatchContext<OrderDbContext>>().UseAsync(async db =>
        {
            connection = db.Database.GetDbConnection();
            await ended.Task;
            return 0;
        });

        await provider.DisposeAsync();
        ended.SetResult();
        await batch;

        connection!.State.ShouldBe(ConnectionState.Closed);
    }

    [Theory, EveryDatabase]
    public async Task The_container_may_be_disposed_of_synchronously(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var provider = new ServiceCollection()
            .AddLogging()
            .AddDbContext<OrderDbContext>(database.Use)
            .AddMassTransit(bus =>
            {
                bus.DisableUsageTelemetry();
                bus.AddEntityFrameworkOutbox<OrderDbContext>(outbox => outbox.UseBusOutbox());
                bus.UsingInMemory();
            })
            .BuildServiceProvider();
        await using (var scope = provider.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<OrderDbContext>().Add(new Note { Id = Guid.NewGuid() });
            await scope.ServiceProvider.GetRequiredService<GroupSave<OrderDbContext>>().SaveChangesAsync();
        }

        Should.NotThrow(provider.Dispose);
    }

    private static ServiceProvider Provider(IOrderDatabase database, bool pooled)
    {
        var services = new ServiceCollection().AddSingleton<BatchContext<OrderDbContext>>();
        return (pooled ? services.AddDbContextPool<OrderDbContext>(database.Use) : services.AddDbContext<OrderDbContext>(database.Use)).BuildServiceProvider();
    }

    private static async Task SaveAsync(OrderHost host, string text, Guid? id = null)
    {
        await using var request = host.BeginRequest();
        request.DbContext.Add(new Note { Id = id ?? Guid.NewGuid(), Text = text });
        await request.Services.GetRequiredService<GroupSave<OrderDbContext>>().SaveChangesAsync();
    }
}
