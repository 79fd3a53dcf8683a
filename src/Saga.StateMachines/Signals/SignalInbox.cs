using Microsoft.EntityFrameworkCore;
using Saga.Contracts;
using Saga.EntityFrameworkCore.Writing;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.Signals;

/// <summary>Keeps the signals of runs until nodes take them, as part of the message's transaction.</summary>
public sealed class SignalInbox(RunDbContext dbContext, UntrackedRows<RunDbContext> rows, TimeProvider clock)
{
    private SignalRow? _received;

    /// <summary>True when the run received a signal with that key before.</summary>
    public Task<bool> IsRepeatAsync(Guid runId, string dedupKey, CancellationToken cancellationToken) =>
        dbContext.Signals.AsNoTracking().AnyAsync(row => row.RunId == runId && row.DedupKey == dedupKey, cancellationToken);

    /// <summary>The signals that no node has taken, in the order they arrived.</summary>
    public async Task<IReadOnlyList<ReceivedSignal>> ReadAsync(Guid runId, CancellationToken cancellationToken)
    {
        var waiting = await dbContext.Signals.AsNoTracking()
            .Where(row => row.RunId == runId && row.ConsumedAt == null)
            .OrderBy(row => row.Number)
            .ToListAsync(cancellationToken);
        return waiting.ConvertAll(row => new ReceivedSignal(row.Number, row.Name, row.Payload is { } json ? StoredJson.Parse(json) : null, row.ReceivedAt));
    }

    /// <summary>Takes in a signal; it is stored by <see cref="Store"/>, when the engine has accepted it.</summary>
    public ReceivedSignal Receive(Run run, SignalProvisioning signal)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(signal);
        _received = new SignalRow
        {
            RunId = run.CorrelationId,
            Number = run.SignalCount + 1,
            Name = signal.Name,
            Payload = signal.Payload?.GetRawText(),
            DedupKey = signal.DedupKey,
            SentBy = StorableText.From(signal.By),
            ReceivedAt = clock.GetUtcNow(),
        };
        return new ReceivedSignal(_received.Number, _received.Name, signal.Payload, _received.ReceivedAt);
    }

    /// <summary>Stores what was received, and which node took what.</summary>
    public void Store(Run run, Decision decision, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(decision);
        if (_received is { } received)
        {
            run.SignalCount = received.Number;
            rows.Insert(received);
        }

        foreach (var (number, node) in decision.Consumed)
        {
            var row = _received is { } own && own.Number == number ? own : new SignalRow { RunId = run.CorrelationId, Number = number };
            row.ConsumedByNode = node;
            row.ConsumedAt = at;
            rows.Update(row, nameof(SignalRow.ConsumedByNode), nameof(SignalRow.ConsumedAt));
        }
    }
}
