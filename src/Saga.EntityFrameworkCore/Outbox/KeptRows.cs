using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// The messages of <see cref="OutboxOptions.KeptUntilHandled"/> that are in a queue of this process. Such a queue dies with the process, so their rows stay:
/// the commit of whoever handles the message deletes its row. Whatever moment the process is killed at, the row is there exactly as long as the message has
/// done nothing, and the next start sends it again.
/// </summary>
#pragma warning disable S2326 // Each context has its own table, so what is kept in one is no row of another.
internal sealed class KeptRows<TDbContext>(TimeProvider clock, IOptions<OutboxOptions> options)
    where TDbContext : DbContext
#pragma warning restore S2326
{
    private readonly HashSet<string> _types =
        options.Value.KeptUntilHandled.Select(MessageUrn.ForTypeString).ToHashSet(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<Guid, KeptRow> _byMessageId = new();

    /// <summary>The ids of the rows whose messages are in a queue now.</summary>
    public IReadOnlySet<Guid> InQueues => _byMessageId.Values.Select(kept => kept.Row.Id).ToHashSet();

    /// <summary>Whether the row of such a message stays.</summary>
    public bool IsKept(CapturedMessage message) =>
        _types.Count > 0 && message.Properties is { MessageId: not null, MessageTypes: var types } && types.Any(_types.Contains);

    /// <summary>The message, whose row stays, is about to be put in its queue. False if it is there already.</summary>
    public bool Keep(CapturedMessage message) => _byMessageId.TryAdd(IdOf(message), new KeptRow(message.Row));

    /// <summary>The message did not get into its queue, so a sweep may send it.</summary>
    public void LetGo(CapturedMessage message) => _byMessageId.TryRemove(IdOf(message), out _);

    /// <summary>Finds the row of a message that came out of its queue.</summary>
    public bool TryFind(Guid? messageId, [NotNullWhen(true)] out OutboxMessage? row)
    {
        row = messageId is { } id && _byMessageId.TryGetValue(id, out var kept) ? kept.Row : null;
        return row is not null;
    }

    /// <summary>What the message did is committed, and its row is deleted.</summary>
    public void Handled(Guid messageId)
    {
        if (_byMessageId.TryRemove(messageId, out var kept))
            kept.IsHandled.TrySetResult();
    }

    /// <summary>Waits until the message is handled, but not for ever: nobody says so of one that cannot be.</summary>
    public async Task WaitUntilHandledAsync(CapturedMessage message, CancellationToken cancellationToken)
    {
        if (!_byMessageId.TryGetValue(IdOf(message), out var kept))
            return;

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(kept.IsHandled.Task, Task.Delay(options.Value.DeliveryTimeout, clock, enough.Token));
        await enough.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static Guid IdOf(CapturedMessage message) => message.Properties!.MessageId!.Value;

    private sealed record KeptRow(OutboxMessage Row)
    {
        public TaskCompletionSource IsHandled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
