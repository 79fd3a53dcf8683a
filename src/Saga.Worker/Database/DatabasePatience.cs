using Saga.EntityFrameworkCore.Databases;

namespace Saga.Worker.Database;

/// <summary>Has what a process does with its database when it starts wait until the database does its work.</summary>
internal static class DatabasePatience
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);

    /// <summary>Does it, and again while the database is in trouble. One that does not let the process in will not do so later, either.</summary>
    /// <param name="work">What is done.</param>
    /// <param name="database">What to call the database.</param>
    /// <param name="clock">Measures the pauses.</param>
    /// <param name="logger">Is told why it waits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task DoAsync(
        Func<CancellationToken, Task> work, string database, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await work(cancellationToken);
                return;
            }
            catch (Exception exception) when (IsWorthWaitingFor(exception) && !cancellationToken.IsCancellationRequested)
            {
                logger.DatabaseAway(database, _pause.TotalSeconds, DatabaseTrouble.Of(exception)?.ToString() ?? exception.GetBaseException().Message);
                await Task.Delay(_pause, clock, cancellationToken);
            }
        }
    }

    private static bool IsWorthWaitingFor(Exception exception) =>
        DatabaseTrouble.Of(exception) is { Kind: not DatabaseTroubleKind.Refused } || DatabaseFailure.IsOvertaken(exception);
}
