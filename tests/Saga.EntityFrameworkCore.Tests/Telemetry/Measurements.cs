using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Saga.EntityFrameworkCore.Tests.Telemetry;

/// <summary>Listens to the meters of one host, and to no other's.</summary>
internal sealed class Measurements : IMeterFactory
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> _all = new();

    public Measurements()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        return new Meter(options);
    }

    public IReadOnlyList<double> Of(string instrument, string tags = "") =>
        [.. _all.Where(one => one.Instrument == instrument && one.Tags == tags).Select(one => one.Value)];

    /// <summary>What a gauge says now.</summary>
    public double Read(string gauge)
    {
        _listener.RecordObservableInstruments();
        return Of(gauge)[^1];
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new List<string>();
        foreach (var (name, tag) in tags)
            text.Add($"{name}={tag}");
        _all.Enqueue((instrument.Name, value, string.Join(',', text)));
    }
}
