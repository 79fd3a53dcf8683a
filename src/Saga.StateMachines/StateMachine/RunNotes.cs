using Microsoft.Extensions.Logging;
using Saga.EntityFrameworkCore.Commits;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.StateMachine;

/// <summary>
/// Logs and counts what was decided for a message, once that is committed. Two orchestrators may decide for one run at the same time, and only one of the decisions is stored.
/// </summary>
public sealed class RunNotes(AfterCommit<RunDbContext> afterCommit, RunMetrics metrics, ILogger<RunNotes> logger)
{
    /// <summary>The run has entered a status.</summary>
    public void Entered(Guid runId, string status) => AfterCommit(() =>
    {
        metrics.Entered(status);
        if (status == SnakeCase.From(nameof(RunStatus.Running)))
            logger.Began(runId, status);
        else
            logger.Entered(runId, status);
    });

    /// <summary>The run has ended, and something of it could not be compensated.</summary>
    public void Failed(Guid runId, RunError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        AfterCommit(() => logger.RunFailed(runId, error.Reason, string.Join(", ", error.NotCompensated)));
    }

    /// <summary>The run has completed, and what it returns could not be made.</summary>
    public void OutputLost(Guid runId, string code, string message) => AfterCommit(() => logger.OutputLost(runId, code, message));

    /// <summary>The run keeps a signal that nothing in its plan is going to take. Who sent it over HTTP was told; who sent a message was not.</summary>
    public void SignalUnwanted(Guid runId, string signal, string problem) => AfterCommit(() => logger.SignalUnwanted(runId, signal, problem));

    /// <summary>A message changes nothing.</summary>
    public void Ignored(Run run, string what, IgnoredBecause reason)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (runId, state) = (run.CorrelationId, run.CurrentState);
        AfterCommit(() =>
        {
            metrics.Ignored(what, reason);
            logger.Ignored(runId, what, state, reason);
        });
    }

    /// <summary>A start has become no run.</summary>
    public void StartRefused(Guid runId, string problems) => AfterCommit(() => logger.StartRefused(runId, problems));

    /// <summary>A message names a run that is not there.</summary>
    public void UnknownRun(string what, Guid runId) => AfterCommit(() => logger.UnknownRun(what, runId));

    /// <summary>Anything else that must not be done for a decision that is not stored.</summary>
    public void AfterCommit(Action action) => afterCommit.Do(action);
}
