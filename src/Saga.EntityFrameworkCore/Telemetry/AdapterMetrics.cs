using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Telemetry;

/// <summary>The meter <c>Saga.EntityFrameworkCore</c>, one for each context: its tag <c>db_context</c> names it.</summary>
internal sealed class AdapterMetrics<TDbContext> : IDisposable
    where TDbContext : DbContext
{
    private readonly Meter _meter;
    private readonly Histogram<int> _batchMessages;
    private readonly Histogram<int> _batchRows;
    private readonly Histogram<double> _batchDuration;
    private readonly Counter<long> _batchSplit;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _savedAlone;
    private readonly Counter<long> _roundTrips;
    private readonly Counter<long> _transactions;
    private readonly Histogram<int> _loadInstances;
    private readonly Counter<long> _cacheTaken;
    private readonly Counter<long> _cacheStale;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _deliveryFailures;
    private readonly Histogram<double> _deliveryDuration;
    private readonly Counter<long> _sweeps;
    private readonly Counter<long> _swept;
    private readonly Counter<long> _inboxDuplicates;
    private readonly Counter<long> _handledAgain;

    public AdapterMetrics(OverdueMessages<TDbContext> overdue, IMeterFactory? meters = null)
    {
        var options = new MeterOptions(AdapterTelemetry.Name) { Tags = [new("db_context", typeof(TDbContext).Name)] };
        _meter = meters?.Create(options) ?? new Meter(options);

        _batchMessages = _meter.CreateHistogram<int>("saga.batch.messages", "{message}", "Messages whose changes one transaction committed.");
        _batchRows = _meter.CreateHistogram<int>("saga.batch.rows", "{row}", "Rows one transaction wrote.");
        _batchDuration = _meter.CreateHistogram<double>("saga.batch.duration", "s", "Time to write and commit a batch.");
        _batchSplit = _meter.CreateCounter<long>("saga.batch.split", "{batch}", "Batches that failed and whose messages were saved one by one.");
        _conflicts = _meter.CreateCounter<long>("saga.batch.conflicts", "{message}", "Messages of a batch that others had overtaken.");
        _savedAlone = _meter.CreateCounter<long>("saga.batch.alone", "{message}", "Messages saved by a SaveChanges of their own.");
        _roundTrips = _meter.CreateCounter<long>("saga.db.round_trips", "{round_trip}", "Round trips of batches, by operation.");
        _transactions = _meter.CreateCounter<long>("saga.db.transactions", "{transaction}", "Transactions of batches, by how they ended.");
        _loadInstances = _meter.CreateHistogram<int>("saga.load.instances", "{instance}", "Instances asked for by one query.");
        _cacheTaken = _meter.CreateCounter<long>("saga.cache.taken", "{instance}", "Instances that were kept and need not be loaded.");
        _cacheStale = _meter.CreateCounter<long>("saga.cache.stale", "{instance}", "Kept instances that another process had changed.");
        _delivered = _meter.CreateCounter<long>("saga.outbox.delivered", "{message}", "Messages the broker confirmed.");
        _deliveryFailures = _meter.CreateCounter<long>("saga.outbox.delivery.failures", "{message}", "Deliveries that failed; a sweep tries again.");
        _deliveryDuration = _meter.CreateHistogram<double>("saga.outbox.delivery.duration", "s", "Time until the broker confirmed a message.");
        _sweeps = _meter.CreateCounter<long>("saga.outbox.sweeps", "{sweep}", "Looks for rows that are due.");
        _swept = _meter.CreateCounter<long>("saga.outbox.swept", "{row}", "Rows that sweeps took.");
        _inboxDuplicates = _meter.CreateCounter<long>("saga.inbox.duplicates", "{message}", "Messages that had been consumed before.");
        _handledAgain = _meter.CreateCounter<long>("saga.messages.handled_again", "{message}", "Messages whose handling was tried again, by reason.");
        _meter.CreateObservableGauge(
            "saga.outbox.depth", () => overdue.Latest.Count, "{row}",
            $"Rows that are due and not delivered, up to {OverdueMessages<TDbContext>.MostCounted}. Every process reports the same ones.");
        _meter.CreateObservableGauge(
            "saga.outbox.oldest.age", () => overdue.AgeOfOldest.TotalSeconds, "s", "How long the oldest of them has been due.");
    }

    /// <summary>A batch was committed.</summary>
    /// <param name="messages">How many messages were in it.</param>
    /// <param name="rows">How many rows it wrote.</param>
    /// <param name="written">What that cost.</param>
    /// <param name="startedAt">A timestamp of <see cref="Stopwatch"/>.</param>
    public void BatchCommitted(int messages, int rows, WrittenBatch written, long startedAt)
    {
        _batchMessages.Record(messages);
        _batchRows.Record(rows);
        if (_batchDuration.Enabled)
            _batchDuration.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
        Ended("commit", written);
    }

    /// <summary>A batch was rolled back, because messages in it had been overtaken.</summary>
    public void BatchOvertaken(WrittenBatch written)
    {
        _conflicts.Add(written.Overtaken.Count);
        Ended("rollback", written);
    }

    /// <summary>A batch failed, nobody can tell because of which message.</summary>
    public void BatchSplit() => _batchSplit.Add(1);

    public void SavedAlone() => _savedAlone.Add(1);

    public void Loaded(int instances) => _loadInstances.Record(instances);

    public void TakenFromCache() => _cacheTaken.Add(1);

    public void FoundStale() => _cacheStale.Add(1);

    public void Delivered(bool isSwept, TimeSpan took)
    {
        var origin = Origin(isSwept);
        _delivered.Add(1, origin);
        _deliveryDuration.Record(took.TotalSeconds, origin);
    }

    public void DeliveryFailed(bool isSwept) => _deliveryFailures.Add(1, Origin(isSwept));

    public void Swept(int rows)
    {
        _sweeps.Add(1);
        if (rows > 0)
            _swept.Add(rows);
    }

    public void DuplicateIgnored() => _inboxDuplicates.Add(1);

    public void HandledAgain(string reason) => _handledAgain.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Dispose() => _meter.Dispose();

    private void Ended(string how, WrittenBatch written)
    {
        if (written.Attempts > 0)
            _roundTrips.Add(written.Attempts, new KeyValuePair<string, object?>("operation", AdapterTelemetry.BatchWithCommit));
        if (written.Statements > 0)
        {
            _roundTrips.Add(written.Statements, new KeyValuePair<string, object?>("operation", AdapterTelemetry.Batch));
            _roundTrips.Add(1, new KeyValuePair<string, object?>("operation", how));
        }

        _transactions.Add(1, new KeyValuePair<string, object?>("outcome", how));
    }

    private static KeyValuePair<string, object?> Origin(bool isSwept) => new("origin", isSwept ? "sweep" : "commit");
}
