using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.BusOutbox;

/// <summary>Messages whose rows were saved in a transaction of the caller's that is still open.</summary>
internal sealed class UncommittedMessages(Guid transactionId, List<CapturedMessage> messages)
{
    public Guid TransactionId => transactionId;

    public IReadOnlyCollection<CapturedMessage> Messages => messages;

    public IReadOnlyCollection<Guid> Ids => messages.ConvertAll(message => message.Row.Id);

    /// <summary>Those that are delivered after the commit, and not when a time comes.</summary>
    public IReadOnlyCollection<Guid> IdsDueAtOnce => messages.FindAll(message => !message.IsScheduled).ConvertAll(message => message.Row.Id);

    /// <summary>True when the transaction went back to a savepoint: some of the rows may be gone, and EF Core does not say which.</summary>
    public bool SomeMayBeGone { get; set; }

    /// <summary>The transaction saved more.</summary>
    public void Add(IEnumerable<CapturedMessage> more) => messages.AddRange(more);

    public void KeepOnly(IEnumerable<Guid> stored)
    {
        var ids = stored.ToHashSet();
        messages.RemoveAll(message => !ids.Contains(message.Row.Id));
        SomeMayBeGone = false;
    }

    /// <summary>True when the grace of a row may end before its writer has delivered it.</summary>
    public bool AreDueBefore(DateTimeOffset moment) => messages.Exists(message => !message.IsScheduled && message.Row.DueAt < moment);
}
