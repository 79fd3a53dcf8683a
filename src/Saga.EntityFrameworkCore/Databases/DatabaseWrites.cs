using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Saga.EntityFrameworkCore.Databases;

/// <summary>
/// Lets writes through to the database. PostgreSQL takes them as they come. SQLite has one writer at a time and makes the others poll for
/// its lock, so there they queue here instead.
/// </summary>
/// <typeparam name="TDbContext">The context that names the database.</typeparam>
/// <param name="scopes">Where a context can be had, to see what database it is.</param>
/// <param name="watch">Is told what becomes of them.</param>
/// <param name="clock">Measures the patience of those that queue.</param>
public sealed class DatabaseWrites<TDbContext>(IServiceScopeFactory scopes, DatabaseWatch<TDbContext> watch, TimeProvider clock)
    where TDbContext : DbContext
{
    // As long as SQLite waits for the lock of another program: when that one does not let go, those that queue need not wait for it one after the other.
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    // Never disposed of: it holds nothing of the system's, and a write that outlives the host's patience must not fail after its commit.
    private readonly Lazy<SemaphoreSlim?> _oneAtATime = new(() =>
    {
        using var scope = scopes.CreateScope();
        return DatabaseKinds.Of(scope.ServiceProvider.GetRequiredService<TDbContext>()) == DatabaseKind.Sqlite ? new SemaphoreSlim(1) : null;
    });

    /// <summary>Runs <paramref name="write"/> when it is its turn.</summary>
    /// <typeparam name="T">What the write returns.</typeparam>
    /// <param name="write">The write: short, and without waiting for anything but the database.</param>
    /// <param name="cancellationToken">Gives up waiting, and is handed to the write.</param>
    /// <exception cref="WriteTurnException">The writes before it do not end.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        try
        {
            var result = await RunInTurnAsync(write, cancellationToken);
            watch.Worked(wroteRows: false);
            return result;
        }
        catch (Exception exception)
        {
            watch.Note(exception);
            throw;
        }
    }

    private async Task<T> RunInTurnAsync<T>(Func<CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        if (_oneAtATime.Value is not { } turn)
            return await write(cancellationToken);

        await WaitAsync(turn, cancellationToken);
        try
        {
            return await write(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task WaitAsync(SemaphoreSlim turn, CancellationToken cancellationToken)
    {
        // Nearly always it is free.
        if (await turn.WaitAsync(TimeSpan.Zero, CancellationToken.None))
            return;

        using var enough = new CancellationTokenSource(_patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        try
        {
            await turn.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WriteTurnException(_patience);
        }
    }
}
