using System.Diagnostics.Metrics;
using Saga.StateMachines.Engine;

namespace Saga.StateMachines.StateMachine;

/// <summary>The meter <c>Saga.Runs</c>.</summary>
public sealed class RunMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Saga.Runs";

    private readonly Meter _meter;
    private readonly Counter<long> _entered;
    private readonly Counter<long> _ignored;

    /// <summary>Creates the instruments.</summary>
    public RunMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _meter = meters.Create(MeterName);
        _entered = _meter.CreateCounter<long>("saga.runs.entered", "{run}", "Runs that entered a status.");
        _ignored = _meter.CreateCounter<long>("saga.messages.ignored", "{message}", "Late, duplicate, stale and pointless messages.");
    }

    /// <summary>Counts a run that entered a status.</summary>
    public void Entered(string status) => _entered.Add(1, new KeyValuePair<string, object?>("status", status));

    /// <summary>Counts a message that changed nothing.</summary>
    public void Ignored(string message, IgnoredBecause reason) =>
        _ignored.Add(1, new KeyValuePair<string, object?>("message", message), new KeyValuePair<string, object?>("reason", reason.ToString()));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
