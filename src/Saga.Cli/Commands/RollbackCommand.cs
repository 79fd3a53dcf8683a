using Saga.Cli.Api;

namespace Saga.Cli.Commands;

/// <summary>Compensates all that a completed run did.</summary>
internal sealed class RollbackCommand(Surroundings surroundings)
    : OperationCommand("rollback", "Roll a completed run back: everything it did is compensated.", "Rollback asked for: run", surroundings)
{
    // `completed` is where a rollback starts: the server may still say so right after it accepted.
    protected override bool IsOver(string status) => RunStatus.IsEnd(status) && status != RunStatus.Completed;
}
