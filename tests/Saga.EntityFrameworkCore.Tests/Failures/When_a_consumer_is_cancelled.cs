using Saga.EntityFrameworkCore.Tests.Quotes;

namespace Saga.EntityFrameworkCore.Tests.Failures;

public sealed class When_a_consumer_is_cancelled(PostgresServer postgres)
{
    // As a call over HTTP that takes too long does.
    [Theory, EveryDatabase]
    public async Task By_itself_it_has_failed_like_any_other(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var calls = 0;
        var script = new ErrandScript
        {
            Do = (_, _) =>
            {
                Interlocked.Increment(ref calls);
                throw new TaskCanceledException("The server did not answer in time.");
            },
        };
        await using var host = await OrderHost.StartAsync(database, new HostSettings().With(script));
        var errand = new RunErrand(Guid.NewGuid());

        await host.TellAsync(errand);

        (await host.Received.OneAsync<RunErrand>()).Message.ShouldBe(errand);
        calls.ShouldBe(1);
    }
}
