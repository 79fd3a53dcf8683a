using Microsoft.EntityFrameworkCore;
using Saga.Benchmarks.Workers;
using Saga.StateMachines.Persistence;

namespace Saga.Benchmarks.Databases;

/// <summary>An empty database that holds nothing but the benchmark's runs.</summary>
internal interface IBenchmarkDatabase : IAsyncDisposable
{
    /// <summary>PostgreSQL or SQLite.</summary>
    string Kind { get; }

    /// <summary>What the workers connect with.</summary>
    string ConnectionString { get; }

    /// <summary>The port of the server on this machine, or null.</summary>
    int? LocalPort { get; }

    DbContextOptions<RunDbContext> Options { get; }

    /// <summary>How it is given rows without running runs.</summary>
    IHistoryDialect History { get; }

    /// <summary>What the server itself counted, or null where no server counts.</summary>
    /// <param name="workers">Those whose work is to be in the count.</param>
    /// <param name="workGoesOn">True when they must keep their connections.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<ServerCounts?> CountAsync(IEnumerable<WorkerProcess> workers, bool workGoesOn, CancellationToken cancellation);
}
