using Microsoft.Data.Sqlite;
using Npgsql;

namespace Saga.EntityFrameworkCore.Tests.Failures;

public sealed class When_the_database_reports_a_failure
{
    [Theory]
    [InlineData(PostgresErrorCodes.AdminShutdown)]
    [InlineData(PostgresErrorCodes.CrashShutdown)]
    [InlineData(PostgresErrorCodes.CannotConnectNow)]
    [InlineData(PostgresErrorCodes.TooManyConnections)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction)]
    public void A_server_that_restarts_fails_over_or_is_full_is_worth_waiting_for(string sqlState) =>
        DatabaseFailure.IsTransient(Wrapped(sqlState)).ShouldBeTrue();

    [Theory]
    [InlineData(PostgresErrorCodes.NotNullViolation)]
    [InlineData(PostgresErrorCodes.UndefinedTable)]
    [InlineData(PostgresErrorCodes.UniqueViolation)]
    public void A_statement_that_is_wrong_is_not(string sqlState) => DatabaseFailure.IsTransient(Wrapped(sqlState)).ShouldBeFalse();

    [Theory]
    [InlineData(PostgresErrorCodes.UniqueViolation, true)]
    [InlineData(PostgresErrorCodes.SerializationFailure, true)]
    [InlineData(PostgresErrorCodes.DeadlockDetected, true)]
    [InlineData(PostgresErrorCodes.NotNullViolation, false)]
    public void PostgreSQL_tells_conflicts_from_mistakes(string sqlState, bool isConflict) =>
        DatabaseFailure.IsConflict(Wrapped(sqlState)).ShouldBe(isConflict);

    [Theory]
    [InlineData(1555, true)]
    [InlineData(2067, true)]
    [InlineData(1299, false)]
    public void SQLite_tells_conflicts_from_mistakes(int extendedErrorCode, bool isConflict) =>
        DatabaseFailure.IsConflict(new SqliteException("constraint failed", 19, extendedErrorCode)).ShouldBe(isConflict);

    private static InvalidOperationException Wrapped(string sqlState) => new("Outer", new PostgresException("message", "ERROR", "ERROR", sqlState));
}
