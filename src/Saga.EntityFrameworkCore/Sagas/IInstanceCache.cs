using MassTransit;
using Saga.EntityFrameworkCore.Batching;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>What a unit of work needs to know of the cache its instance came from.</summary>
internal interface IInstanceCache
{
    /// <summary>Keeps an instance as it was committed just now.</summary>
    void Keep(ISaga instance);

    /// <summary>Keeps the instance no longer.</summary>
    void Drop(ISaga instance);

    /// <summary>
    /// Lets the next message have an instance that is about to be committed. From now on nobody may change it. Whatever becomes of it,
    /// <see cref="Settle"/> has to follow.
    /// </summary>
    void HandOn(ISaga instance, PendingSave save);

    /// <summary>The save of an instance that was handed on has ended: keeps the instance if it was committed and no other message has it.</summary>
    void Settle(ISaga instance, PendingSave save);

    /// <summary>True if the instance is still what is stored.</summary>
    Task<bool> IsCurrentAsync(ISaga instance, CancellationToken cancellationToken);

    /// <summary>An instance was not what is stored, so another process handles messages too: for a while nothing is kept.</summary>
    void Distrust();
}
