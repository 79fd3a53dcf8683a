using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.Contracts;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Waking;

namespace Saga.StateMachines.Tests.StateMachine.Support;

/// <summary>What the test does in the place of step workers, of people who send signals, and of time.</summary>
internal sealed partial class ProvisioningHarness
{
    /// <summary>The command to execute this node, once it was sent.</summary>
    public async Task<ExecuteStep> ExecuteOfAsync(Guid runId, string node) =>
        await OneSentAsync<ExecuteStep>(command => command.RunId == runId && command.Node == node);

    /// <summary>A later command to execute this node.</summary>
    public async Task<ExecuteStep> ExecuteAgainAsync(ExecuteStep earlier) =>
        await OneSentAsync<ExecuteStep>(command => command.RunId == earlier.RunId && command.Node == earlier.Node && command.DispatchId > earlier.DispatchId);

    /// <summary>The command to compensate this node, once it was sent.</summary>
    public async Task<CompensateStep> CompensateOfAsync(Guid runId, string node) =>
        await OneSentAsync<CompensateStep>(command => command.RunId == runId && command.Node == node);

    /// <summary>A later command to compensate this node.</summary>
    public async Task<CompensateStep> CompensateAgainAsync(CompensateStep earlier) =>
        await OneSentAsync<CompensateStep>(command => command.RunId == earlier.RunId && command.Node == earlier.Node && command.DispatchId > earlier.DispatchId);

    public async Task CompleteAsync(ExecuteStep command, string? output = null) =>
        await SendAsync(new StepCompleted
        {
            RunId = command.RunId,
            Node = command.Node,
            Attempt = command.Attempt,
            DispatchId = command.DispatchId,
            Output = output is null ? null : JsonElement.Parse(output),
            Put = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
            {
                [$"echoed_at_step_{command.NodeIndex}"] = command.Input.ValueKind == JsonValueKind.Object ? command.Input.GetProperty("message") : command.Input,
            },
        });

    public async Task FailAsync(ExecuteStep command, string message = "no") =>
        await SendAsync(new StepFailed
        {
            RunId = command.RunId,
            Node = command.Node,
            Attempt = command.Attempt,
            DispatchId = command.DispatchId,
            Code = "refused",
            Message = message,
        });

    /// <summary>The step throws.</summary>
    public async Task ThrowAsync(ExecuteStep command, string code = "exception", string? retryAfter = null) =>
        await HandleAsync(new StepFailed
        {
            RunId = command.RunId,
            Node = command.Node,
            Attempt = command.Attempt,
            DispatchId = command.DispatchId,
            Code = code,
            Message = "thrown",
            Retryable = true,
            RetryAfter = retryAfter,
        });

    /// <summary>The step awaits signals.</summary>
    public async Task AwaitAsync(ExecuteStep command, string[] signals, bool all = false, string? timeout = null, string? snapshot = null) =>
        await HandleAsync(new StepAwaiting
        {
            RunId = command.RunId,
            Node = command.Node,
            Attempt = command.Attempt,
            DispatchId = command.DispatchId,
            Signals = signals,
            All = all,
            Timeout = timeout,
            Snapshot = snapshot is null ? null : JsonElement.Parse(snapshot),
        });

    public async Task SignalAsync(Guid runId, string name, string? payload = null, string? dedupKey = null) =>
        await HandleAsync(new SignalProvisioning
        {
            RunId = runId,
            Name = name,
            Payload = payload is null ? null : JsonElement.Parse(payload),
            DedupKey = dedupKey,
        });

    /// <summary>The moment has come that the row waited for: a poller takes the row, and says so.</summary>
    public async Task WakeAsync(LedgerRow row)
    {
        await using (var scope = _services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<RunDbContext>().Ledger
                .Where(stored => stored.RunId == row.RunId && stored.NodeIndex == row.NodeIndex && stored.WakeId == row.WakeId)
                .ExecuteUpdateAsync(stored => stored.SetProperty(taken => taken.WakeId, taken => -taken.WakeId));
        }

        await WakeTooEarlyAsync(row);
    }

    /// <summary>Somebody says that the moment has come, and no poller has found so.</summary>
    public async Task WakeTooEarlyAsync(LedgerRow row) =>
        await HandleAsync(new WakeNode { RunId = row.RunId, NodeIndex = row.NodeIndex, WakeId = row.WakeId!.Value });

    public async Task CompensateAsync(CompensateStep command, bool nothingToDo = false) =>
        await SendAsync(new StepCompensated
        {
            RunId = command.RunId,
            Node = command.Node,
            Attempt = command.Attempt,
            DispatchId = command.DispatchId,
            NothingToDo = nothingToDo,
        });

    public async Task FailToCompensateAsync(CompensateStep command, bool retryable = false) =>
        await HandleAsync(new StepCompensationFailed
        {
            RunId = command.RunId,
            Node = command.Node,
            Attempt = command.Attempt,
            DispatchId = command.DispatchId,
            Code = "refused",
            Message = "no",
            Retryable = retryable,
        });
}
