using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Saga.StateMachines.Persistence;

/// <summary>Lets <c>dotnet ef</c> see the PostgreSQL model; it never connects.</summary>
public sealed class DesignTimeRunDbContextFactory : IDesignTimeDbContextFactory<RunDbContext>
{
    /// <inheritdoc/>
    public RunDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<RunDbContext>().UseNpgsql("Host=design-time").Options);
}
