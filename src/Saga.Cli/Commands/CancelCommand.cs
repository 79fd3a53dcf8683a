using Saga.Cli.Api;

namespace Saga.Cli.Commands;

/// <summary>Stops a run that has not ended, and compensates what it did.</summary>
internal sealed class CancelCommand(Surroundings surroundings)
    : OperationCommand("cancel", "Cancel a run: what it did so far is compensated.", "Cancellation asked for: run", surroundings)
{
    protected override bool IsOver(string status) => RunStatus.IsEnd(status);
}
