using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Saga.EntityFrameworkCore.Inbox;

/// <summary>Knows whether a context has an inbox, and says so once when it has none.</summary>
internal sealed class InboxTable<TDbContext>
    where TDbContext : DbContext
{
    private readonly Lazy<bool> _isMapped;

    public InboxTable(IServiceScopeFactory scopes, ILogger<InboxTable<TDbContext>> logger) => _isMapped = new(() =>
    {
        using var scope = scopes.CreateScope();
        var isMapped = scope.ServiceProvider.GetRequiredService<TDbContext>().Model.FindEntityType(typeof(InboxState)) is not null;
        if (!isMapped)
            logger.NoInbox(typeof(TDbContext).Name);
        return isMapped;
    });

    public bool IsMapped => _isMapped.Value;
}
