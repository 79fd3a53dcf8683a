using MassTransit;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Sagas;

internal enum InstanceSource
{
    /// <summary>Made by this message, which holds the instance's lock.</summary>
    New,

    /// <summary>Read for this message, which holds the instance's lock.</summary>
    Loaded,

    /// <summary>Not read for this message, which holds the instance's lock.</summary>
    Cache,

    /// <summary>Left by a message whose commit was under way; this message holds the instance's lock.</summary>
    Uncommitted,

    /// <summary>Found by an expression, without a lock; the context tracks it.</summary>
    Query,
}

/// <summary>An instance that a message is handled on.</summary>
/// <param name="instance">The instance.</param>
/// <param name="cache">Where it is kept after the commit.</param>
/// <param name="source">Where it is from.</param>
/// <param name="table">Where it is written to, or null when the context tracks it.</param>
/// <param name="predecessor">The save that makes it what it was, if that was under way.</param>
internal sealed class HandledInstance(ISaga instance, IInstanceCache cache, InstanceSource source, TableShape? table, PendingSave? predecessor)
{
    private readonly InstanceSnapshot? _snapshot = table is not null && source != InstanceSource.New ? new InstanceSnapshot(table, instance) : null;

    public ISaga Instance => instance;

    public IInstanceCache Cache => cache;

    public InstanceSource Source => source;

    public PendingSave? Predecessor => predecessor;

    public bool IsTracked => table is null;

    /// <summary>True once the handler is done and the next message may be handled on what it left, before that is stored.</summary>
    public bool CanBeHandedOn => !IsTracked && IsUpdated && !IsDeleted;

    /// <summary>True once the handler is done and the instance stays: whatever changed, its row or only what hangs on it or was sent, its version says so.</summary>
    public bool IsUpdated { get; set; }

    /// <summary>True once the handler is done and the instance goes.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>True if its row has to be written, as far as the context does not know.</summary>
    public bool IsChanged => !IsTracked && (source == InstanceSource.New ? IsUpdated && !IsDeleted : IsDeleted || (IsUpdated && _snapshot!.IsChanged));

    /// <summary>What happens to its row when the message changes anything, as far as the context does not know.</summary>
    public RowChange? Change()
    {
        if (IsTracked || !(IsUpdated || IsDeleted))
            return null;
        if (source == InstanceSource.New)
            return IsDeleted ? null : RowChange.Insert(table!, instance);
        if (IsDeleted)
            return _snapshot!.Delete();

        ((ISagaVersion)instance).Version++;
        return _snapshot!.Update();
    }
}
