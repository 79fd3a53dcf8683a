using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>The one statement that takes due rows: it leases them and returns them, in one round trip and one implicit transaction.</summary>
internal static class ClaimStatement
{
    public static IQueryable<OutboxMessage> Claim(DbContext dbContext, DateTimeOffset now, int limit, IReadOnlyList<TimeSpan> leases)
    {
        var table = TableOf<OutboxMessage>.In(dbContext.Model);
        var id = table.Column(nameof(OutboxMessage.Id));
        var dueAt = table.Column(nameof(OutboxMessage.DueAt));
        var attempts = table.Column(nameof(OutboxMessage.Attempts));

        // Moments, not intervals: SQLite keeps moments as text and cannot add to them.
        var lease = string.Concat(leases.Select((_, taken) => taken < leases.Count - 1 ? $"WHEN {taken} THEN {{{taken + 2}}} " : $"ELSE {{{taken + 2}}}"));
        lease = leases.Count == 1 ? "{2}" : $"CASE {attempts} {lease} END";

        // Materialized: a plan that ran the inner query once for each outer row would take more than the limit.
        // SQLite has one writer at a time, so there is nothing to skip.
        var skipLocked = DatabaseKinds.Of(dbContext) == DatabaseKind.Postgres ? "FOR UPDATE SKIP LOCKED" : "";
        var sql = $$"""
            WITH due AS MATERIALIZED (SELECT {{id}} FROM {{table.Name}} WHERE {{dueAt}} <= {0} ORDER BY {{dueAt}} LIMIT {1} {{skipLocked}})
            UPDATE {{table.Name}} SET {{dueAt}} = {{lease}}, {{attempts}} = {{attempts}} + 1
            WHERE {{id}} IN (SELECT {{id}} FROM due)
            RETURNING *
            """;
        object[] parameters = [now.UtcDateTime, limit, .. leases.Select(wait => (object)(now + wait).UtcDateTime)];
#pragma warning disable S2077 // The formatted parts are identifiers of the model; every value is a parameter.
        return dbContext.Set<OutboxMessage>().FromSqlRaw(sql, parameters).AsNoTracking();
#pragma warning restore S2077
    }
}
