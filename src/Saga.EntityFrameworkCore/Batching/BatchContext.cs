using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.EntityFrameworkCore.Batching;

/// <summary>
/// The context that batches are written with, one after the other. On PostgreSQL each has one of its own, for what costs there is the way to the server. On
/// SQLite the same serves until something fails: opening a connection and compiling its statements takes longer than running them.
/// </summary>
internal sealed class BatchContext<TDbContext>(IServiceScopeFactory scopes) : IAsyncDisposable, IDisposable
    where TDbContext : DbContext
{
    private readonly Lock _lock = new();
    private Lease? _kept;
    private bool _isDisposed;

    public async Task<T> UseAsync<T>(Func<TDbContext, Task<T>> write)
    {
        var lease = Take() ?? new Lease(scopes.CreateAsyncScope());
        var isKept = false;
        try
        {
            var canBeKept = DatabaseKinds.Of(lease.DbContext) == DatabaseKind.Sqlite;
            if (canBeKept)
                await lease.OpenAsync();
            var written = await write(lease.DbContext);
            isKept = canBeKept && TryKeep(lease);
            return written;
        }
        finally
        {
            if (!isKept)
                await lease.Scope.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (End() is { } last)
            await last.Scope.DisposeAsync();
    }

    public void Dispose() => End()?.Scope.Dispose();

    private Lease? Take()
    {
        lock (_lock)
        {
            var kept = _kept;
            _kept = null;
            return kept;
        }
    }

    // A batch may outlive the patience of the host, and nobody would close what it leaves open.
    private bool TryKeep(Lease lease)
    {
        lock (_lock)
        {
            if (!_isDisposed)
                _kept = lease;
            return !_isDisposed;
        }
    }

    private Lease? End()
    {
        lock (_lock)
            _isDisposed = true;
        return Take();
    }

    private sealed class Lease(AsyncServiceScope scope)
    {
        private bool _isOpen;

        public AsyncServiceScope Scope => scope;

        public TDbContext DbContext { get; } = scope.ServiceProvider.GetRequiredService<TDbContext>();

        public async Task OpenAsync()
        {
            if (!_isOpen)
                await DbContext.Database.OpenConnectionAsync();
            _isOpen = true;
        }
    }
}
