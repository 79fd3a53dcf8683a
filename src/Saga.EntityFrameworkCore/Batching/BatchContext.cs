using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.EntityFrameworkCore.Batching;

/// <summary>
/// The context that batches are written with, one after the other. On PostgreSQL each has one of its own, for what costs there is the way to the server. On
/// SQLite the same serves until something fails: opening a connection and compiling its statements takes longer than running them.
/// </summary>
internal sealed class BatchContext<TDbContext>(IServiceScopeFactory scopes) : IAsyncDisposable
    where TDbContext : DbContext
{
    private AsyncServiceScope? _kept;

    public async Task<T> UseAsync<T>(Func<TDbContext, Task<T>> write)
    {
        var scope = _kept ?? scopes.CreateAsyncScope();
        var isKept = _kept is not null;
        _kept = null;
        try
        {
            var dbContext = scope.ServiceProvider.GetRequiredService<TDbContext>();
            if (!isKept && DatabaseKinds.Of(dbContext) == DatabaseKind.Sqlite)
            {
                await dbContext.Database.OpenConnectionAsync();
                isKept = true;
            }

            var written = await write(dbContext);
            if (isKept)
                _kept = scope;
            return written;
        }
        finally
        {
            if (_kept is null)
                await scope.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_kept is { } kept)
            await kept.DisposeAsync();
    }
}
