using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Sagas;

namespace Saga.EntityFrameworkCore.Scheduling;

/// <summary>Commits something by itself, apart from whatever the caller's context tracks.</summary>
internal sealed class OwnCommit<TDbContext>(IServiceScopeFactory scopes)
    where TDbContext : DbContext
{
    private const int MostTries = 5;

    /// <summary>Does <paramref name="change"/> and commits it; again, on what is stored then, when someone else was faster.</summary>
    public async Task<T> RunAsync<T>(Func<UnitOfWork<TDbContext>, Task<T>> change, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries < MostTries; tries++)
        {
            try
            {
                return await TryAsync(change, cancellationToken);
            }
            catch (Exception exception) when (DatabaseFailure.IsOvertaken(exception))
            {
                // What was to be cancelled has been delivered meanwhile, so it is not there any more.
            }
        }

        return await TryAsync(change, cancellationToken);
    }

    private async Task<T> TryAsync<T>(Func<UnitOfWork<TDbContext>, Task<T>> change, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var work = scope.ServiceProvider.GetRequiredService<UnitOfWork<TDbContext>>();
        var result = await change(work);
        await work.CommitAsync(cancellationToken);
        await work.DeliverAsync();
        return result;
    }
}
