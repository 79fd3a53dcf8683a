using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Commits;

/// <summary>
/// What is to be done once the changes of a message are committed, such as to log or to count what it decided. A decision that is never stored, because it was made on what
/// others had changed meanwhile or because the database failed, leaves no trace: the message is handled again. Only within a saga or consumer on an endpoint with the outbox.
/// </summary>
/// <typeparam name="TDbContext">The context that is committed.</typeparam>
#pragma warning disable S2326 // Each context has its own commits.
public sealed class AfterCommit<TDbContext>
    where TDbContext : DbContext
#pragma warning restore S2326
{
    private readonly List<Action> _actions = [];

    /// <summary>Does it after the commit, or never.</summary>
    /// <param name="action">Short; it must not throw, for what it tells of has happened.</param>
    public void Do(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        lock (_actions)
            _actions.Add(action);
    }

    internal void Committed()
    {
        foreach (var action in Take())
            action();
    }

    internal void Forget() => Take();

    private Action[] Take()
    {
        lock (_actions)
        {
            if (_actions.Count == 0)
                return [];
            Action[] taken = [.. _actions];
            _actions.Clear();
            return taken;
        }
    }
}
