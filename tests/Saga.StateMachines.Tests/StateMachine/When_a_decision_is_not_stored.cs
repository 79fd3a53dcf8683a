using System.Diagnostics.Metrics;
using Saga.Contracts;
using Saga.StateMachines.StateMachine;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

/// <summary>Another orchestrator changed the run since this one read it, so that what it decides is refused, and the message handled again on what is stored.</summary>
public sealed class When_a_decision_is_not_stored : IAsyncLifetime
{
    private readonly List<string> _counted = [];
    private ProvisioningHarness _saga = null!;
    private MeterListener _listener = null!;

    public async ValueTask InitializeAsync()
    {
        _saga = await ProvisioningHarness.StartAsync();
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == RunMetrics.MeterName && instrument.Meter.Scope == _saga.Meters)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            lock (_counted)
                _counted.AddRange(Enumerable.Repeat($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}", (int)count));
        });
        _listener.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _saga.DisposeAsync();
    }

    [Fact]
    public async Task The_end_that_was_decided_is_neither_logged_nor_counted_before_it_is_stored()
    {
        var runId = await _saga.StartRunAsync("echo");
        var execute = await _saga.ExecuteOfAsync(runId, "echo-0");
        await _saga.OvertakeAsync(runId);

        await _saga.CompleteAsync(execute, """{"id":1}""");
        await _saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == runId);

        _saga.Log.LinesOf(4032).ShouldNotBeEmpty("The answer should have been handled more than once.");
        _saga.Log.LinesOf(1001).ShouldBe([$"Run {runId} is now completed"]);
        Counted("saga.runs.entered completed").ShouldBe(1);
    }

    [Fact]
    public async Task A_message_that_changes_nothing_is_ignored_once()
    {
        var runId = await _saga.StartRunAsync("echo");
        await _saga.ExecuteOfAsync(runId, "echo-0");
        await _saga.OvertakeAsync(runId);

        await _saga.HandleAsync(new RollBackProvisioning { RunId = runId });

        _saga.Log.LinesOf(4032).ShouldNotBeEmpty("The message should have been handled more than once.");
        _saga.Log.LinesOf(1002).ShouldBe([$"Run {runId} ignored RollBackProvisioning in Running: NotCompleted"]);
        Counted("saga.messages.ignored RollBackProvisioning NotCompleted").ShouldBe(1);
    }

    [Fact]
    public async Task That_nobody_knows_the_run_is_told_once_that_is_settled()
    {
        var runId = Guid.NewGuid();

        await _saga.HandleAsync(new RollBackProvisioning { RunId = runId });

        _saga.Log.LinesOf(1003).ShouldBe([$"RollBackProvisioning names run {runId}, which nobody knows; it was refused"]);
    }

    [Fact]
    public async Task A_refused_start_is_told_of()
    {
        var runId = Guid.NewGuid();

        await _saga.HandleAsync(ProvisioningHarness.StartOf(runId, "nope"));

        _saga.Log.LinesOf(1004).ShouldBe([$"The start of run {runId} was refused: unknown_step"]);
    }

    private int Counted(string what)
    {
        lock (_counted)
            return _counted.Count(counted => counted == what);
    }
}
