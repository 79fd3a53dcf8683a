using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Saga.StateMachines.Tests.StateMachine.Support;

/// <summary>Counts how often the ledger was asked for what nodes received and returned.</summary>
internal sealed class LedgerReads : DbCommandInterceptor
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith("SELECT", StringComparison.Ordinal) && command.CommandText.Contains("\"resumption\"", StringComparison.Ordinal))
            Interlocked.Increment(ref _count);
        return new(result);
    }
}
