using Microsoft.EntityFrameworkCore;

// The namespace of the well-known package's types, so that moving between the two changes no code.
namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Maps a saga.</summary>
public interface ISagaClassMap
{
    /// <summary>The saga's instance.</summary>
    Type SagaType { get; }

    /// <summary>Adds the saga to a model.</summary>
    /// <param name="model">The model.</param>
    void Configure(ModelBuilder model);
}

#pragma warning disable S2326 // The type parameter of the well-known package's interface only names the saga.
/// <summary>Maps a saga.</summary>
/// <typeparam name="TSaga">The saga's instance.</typeparam>
public interface ISagaClassMap<TSaga> : ISagaClassMap
    where TSaga : class, ISaga;
#pragma warning restore S2326
