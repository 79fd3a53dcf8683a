using MassTransit;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>What a unit of work needs to know of the cache its instance came from.</summary>
internal interface IInstanceCache
{
    /// <summary>Keeps an instance as it was committed just now.</summary>
    void Keep(ISaga instance);

    /// <summary>Keeps the instance no longer.</summary>
    void Drop(ISaga instance);

    /// <summary>True if the instance is still what is stored.</summary>
    Task<bool> IsCurrentAsync(ISaga instance, CancellationToken cancellationToken);

    /// <summary>An instance was not what is stored, so another process handles messages too: for a while nothing is kept.</summary>
    void Distrust();
}
