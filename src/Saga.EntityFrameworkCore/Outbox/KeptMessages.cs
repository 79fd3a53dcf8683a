using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>The messages of <see cref="OutboxOptions.KeptUntilHandled"/>, for whoever decides what becomes of one that cannot be handled.</summary>
/// <typeparam name="TDbContext">The context of the outbox.</typeparam>
public sealed class KeptMessages<TDbContext>
    where TDbContext : DbContext
{
    private readonly KeptRows<TDbContext> _rows;

    internal KeptMessages(KeptRows<TDbContext> rows) => _rows = rows;

    /// <summary>The row that is kept for a message; null when none is.</summary>
    public Guid? RowOf(Guid? messageId) => _rows.TryFind(messageId, out var row) ? row.Id : null;

    /// <summary>The message is out of its queue, and its row was deleted.</summary>
    public void LetGo(Guid messageId) => _rows.Handled(messageId);
}
