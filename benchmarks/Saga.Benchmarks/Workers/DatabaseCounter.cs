using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Saga.EntityFrameworkCore.Telemetry;

namespace Saga.Benchmarks.Workers;

/// <summary>
/// Counts at the source: what Entity Framework Core reports of its commands and transactions in this process, and the statements that the saga
/// adapter writes batches with, past Entity Framework, as its meter counts them. It is exact at any moment, where PostgreSQL's own statistics
/// trail behind by up to ten seconds.
/// </summary>
internal sealed class DatabaseCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly string _executed = RelationalEventId.CommandExecuted.Name!;
    private static readonly string _failed = RelationalEventId.CommandError.Name!;
    private static readonly string _committed = RelationalEventId.TransactionCommitted.Name!;
    private static readonly string _rolledBack = RelationalEventId.TransactionRolledBack.Name!;

    private readonly List<IDisposable> _subscriptions = [];
    private readonly MeterListener _batches = new();
    private long _commands;
    private long _commandsAlone;
    private long _commits;
    private long _failures;

    public DatabaseCounter()
    {
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        _batches.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == AdapterTelemetry.Name && instrument.Name == "saga.db.round_trips")
                listener.EnableMeasurementEvents(instrument);
        };
        _batches.SetMeasurementEventCallback<long>(CountBatch);
        _batches.Start();
    }

    public DatabaseCounts Counts
    {
        get
        {
            var commits = Interlocked.Read(ref _commits);
            return new DatabaseCounts(
                Interlocked.Read(ref _commands),
                Interlocked.Read(ref _commandsAlone) + commits,
                commits,
                Interlocked.Read(ref _failures));
        }
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name != DbLoggerCategory.Name)
            return;
        lock (_subscriptions)
            _subscriptions.Add(value.Subscribe(this, IsCounted));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        switch (value.Value)
        {
            case CommandExecutedEventData executed:
                Interlocked.Increment(ref _commands);
                // Outside of a transaction a command is one of its own.
                if (executed.Command.Transaction is null)
                    Interlocked.Increment(ref _commandsAlone);
                break;
            case TransactionEndEventData when value.Key == _committed:
                Interlocked.Increment(ref _commits);
                break;
            case CommandErrorEventData or TransactionEndEventData:
                Interlocked.Increment(ref _failures);
                break;
        }
    }

    public void OnCompleted()
    {
        // A listener ends with its process.
    }

    public void OnError(Exception error)
    {
        // Listeners report none.
    }

    public void Dispose()
    {
        _batches.Dispose();
        lock (_subscriptions)
        {
            foreach (var subscription in _subscriptions)
                subscription.Dispose();
            _subscriptions.Clear();
        }
    }

    // A batch travels at once, in a transaction whose commit Entity Framework reports or which is over with it.
    private void CountBatch(Instrument instrument, long roundTrips, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        foreach (var (_, operation) in tags)
        {
            if (operation is AdapterTelemetry.Batch or AdapterTelemetry.BatchWithCommit)
                Interlocked.Add(ref _commands, roundTrips);
            if (operation is AdapterTelemetry.BatchWithCommit)
                Interlocked.Add(ref _commandsAlone, roundTrips);
        }
    }

    private static bool IsCounted(string name) => name == _executed || name == _failed || name == _committed || name == _rolledBack;
}
