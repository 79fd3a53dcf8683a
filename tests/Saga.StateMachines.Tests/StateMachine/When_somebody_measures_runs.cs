using System.Diagnostics.Metrics;
using Saga.StateMachines.Engine;
using Saga.StateMachines.StateMachine;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

/// <summary>The names are those that dashboards and alerts use.</summary>
public sealed class When_somebody_measures_runs : IDisposable
{
    private readonly OneMeter _meters = new();
    private readonly MeterListener _listener = new();
    private readonly List<string> _heard = [];
    private readonly RunMetrics _metrics;

    public When_somebody_measures_runs()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, _meters))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _heard.Add(
            $"{instrument.Meter.Name}: {instrument.Name} {value} {instrument.Unit} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}"));
        _listener.Start();
        _metrics = new RunMetrics(_meters);
    }

    [Fact]
    public void The_runs_that_enter_a_status_are_counted()
    {
        _metrics.Entered("rolled_back");

        _heard.ShouldBe(["Saga.Runs: saga.runs.entered 1 {run} status=rolled_back"]);
    }

    [Fact]
    public void The_messages_that_change_nothing_are_counted_with_their_reason()
    {
        _metrics.Ignored("StepCompleted", IgnoredBecause.StaleDispatch);

        _heard.ShouldBe(["Saga.Runs: saga.messages.ignored 1 {message} message=StepCompleted reason=StaleDispatch"]);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _listener.Dispose();
        _meters.Dispose();
    }

    private sealed class OneMeter : IMeterFactory
    {
        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            return new Meter(options);
        }

        public void Dispose()
        {
        }
    }
}
