using Microsoft.EntityFrameworkCore;

// The namespace of the well-known package's types, so that moving between the two changes no code.
namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>A context whose sagas are mapped by a class each.</summary>
/// <param name="options">The context's options.</param>
public abstract class SagaDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>The maps of the sagas that the context keeps.</summary>
    protected abstract IEnumerable<ISagaClassMap> Configurations { get; }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (var map in Configurations)
            map.Configure(modelBuilder);
    }
}
