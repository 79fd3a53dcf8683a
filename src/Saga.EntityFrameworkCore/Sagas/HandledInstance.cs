using MassTransit;

namespace Saga.EntityFrameworkCore.Sagas;

internal enum InstanceSource
{
    /// <summary>Read, or made, for this message, while it holds the instance's lock.</summary>
    Fresh,

    /// <summary>Not read for this message, which holds the instance's lock.</summary>
    Cache,

    /// <summary>Found by an expression, without a lock.</summary>
    Query,
}

/// <summary>An instance that a message is handled on.</summary>
internal sealed class HandledInstance(ISaga instance, IInstanceCache cache, InstanceSource source)
{
    public ISaga Instance => instance;

    public IInstanceCache Cache => cache;

    public InstanceSource Source => source;

    /// <summary>True once the handler is done and the instance stays: whatever changed, its row or only what hangs on it or was sent, its version says so.</summary>
    public bool IsUpdated { get; set; }
}
