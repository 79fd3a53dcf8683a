using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.EntityFrameworkCore.Inbox;

/// <summary>The one statement that deletes old inbox rows: the oldest first, by the index on their time, and none that another process deletes.</summary>
internal static class ForgetStatement
{
    public static Task<int> ExecuteAsync(DbContext dbContext, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var table = TableOf<InboxState>.In(dbContext.Model);
        var key = $"{table.Column(nameof(InboxState.MessageId))}, {table.Column(nameof(InboxState.ConsumerId))}";
        var consumedAt = table.Column(nameof(InboxState.ConsumedAt));

        // Materialized: a plan that ran the inner query once for each outer row would delete more than the limit.
        // SQLite has one writer at a time, so there is nothing to skip.
        var skipLocked = DatabaseKinds.Of(dbContext) == DatabaseKind.Postgres ? "FOR UPDATE SKIP LOCKED" : "";
        var sql = $$"""
            WITH old AS MATERIALIZED (SELECT {{key}} FROM {{table.Name}} WHERE {{consumedAt}} < {0} ORDER BY {{consumedAt}} LIMIT {1} {{skipLocked}})
            DELETE FROM {{table.Name}} WHERE ({{key}}) IN (SELECT {{key}} FROM old)
            """;
#pragma warning disable S2077 // The formatted parts are identifiers of the model; every value is a parameter.
        return dbContext.Database.ExecuteSqlRawAsync(sql, [before.UtcDateTime, limit], cancellationToken);
#pragma warning restore S2077
    }
}
