using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Saga.EntityFrameworkCore.Tests.Failures;

public sealed class When_the_database_reports_a_failure
{
    [Theory]
    [InlineData("08006", DatabaseTroubleKind.Away)]
    [InlineData("25006", DatabaseTroubleKind.ReadOnly)]
    [InlineData("28P01", DatabaseTroubleKind.Refused)]
    [InlineData("3D000", DatabaseTroubleKind.Refused)]
    [InlineData("53000", DatabaseTroubleKind.OutOfResources)]
    [InlineData("53100", DatabaseTroubleKind.Full)]
    [InlineData("53200", DatabaseTroubleKind.OutOfResources)]
    [InlineData("53300", DatabaseTroubleKind.OutOfResources)]
    [InlineData("53400", DatabaseTroubleKind.OutOfResources)]
    [InlineData("55P03", DatabaseTroubleKind.Busy)]
    [InlineData("57014", DatabaseTroubleKind.Busy)]
    [InlineData("57P01", DatabaseTroubleKind.Away)]
    [InlineData("57P02", DatabaseTroubleKind.Away)]
    [InlineData("57P03", DatabaseTroubleKind.Away)]
    [InlineData("57P05", DatabaseTroubleKind.Away)]
    [InlineData("58000", DatabaseTroubleKind.Broken)]
    [InlineData("58030", DatabaseTroubleKind.Broken)]
    [InlineData("58P01", DatabaseTroubleKind.Broken)]
    public void PostgreSQL_tells_its_own_trouble(string sqlState, DatabaseTroubleKind kind) =>
        DatabaseTrouble.Of(Wrapped(sqlState)).ShouldBe(new DatabaseTrouble(kind, "message"));

    [Theory]
    [InlineData(5, DatabaseTroubleKind.Busy)]
    [InlineData(6, DatabaseTroubleKind.Busy)]
    [InlineData(7, DatabaseTroubleKind.OutOfResources)]
    [InlineData(8, DatabaseTroubleKind.ReadOnly)]
    [InlineData(10, DatabaseTroubleKind.Broken)]
    [InlineData(11, DatabaseTroubleKind.Broken)]
    [InlineData(13, DatabaseTroubleKind.Full)]
    [InlineData(14, DatabaseTroubleKind.Away)]
    [InlineData(26, DatabaseTroubleKind.Broken)]
    public void SQLite_tells_its_own_trouble(int errorCode, DatabaseTroubleKind kind) =>
        DatabaseTrouble.Of(new DbUpdateException("Outer", new SqliteException("message", errorCode))).ShouldBe(new DatabaseTrouble(kind, "message"));

    [Fact]
    public void A_driver_that_waits_in_vain_tells_trouble_too()
    {
        DatabaseTrouble.Of(new NpgsqlException("Reading", new TimeoutException()))!.Kind.ShouldBe(DatabaseTroubleKind.Busy);
        DatabaseTrouble.Of(new NpgsqlException("Failed to connect", new SocketException(111)))!.Kind.ShouldBe(DatabaseTroubleKind.Away);
        DatabaseTrouble.Of(new SocketException(11001))!.Kind.ShouldBe(DatabaseTroubleKind.Away);
    }

    [Fact]
    public void Another_server_that_a_handler_asks_is_no_trouble_of_the_database() =>
        DatabaseFailure.IsTrouble(new HttpRequestException("Refused", new SocketException(111))).ShouldBeFalse();

    [Fact]
    public void What_the_caller_called_off_is_none_either() =>
        DatabaseFailure.IsTrouble(new OperationCanceledException("Enough", new PostgresException("canceling", "ERROR", "ERROR", "57014"))).ShouldBeFalse();

    [Theory]
    [InlineData(PostgresErrorCodes.SerializationFailure)]
    [InlineData(PostgresErrorCodes.DeadlockDetected)]
    [InlineData(PostgresErrorCodes.NotNullViolation)]
    [InlineData(PostgresErrorCodes.UndefinedTable)]
    [InlineData(PostgresErrorCodes.UniqueViolation)]
    public void A_conflict_or_a_statement_that_is_wrong_is_none(string sqlState) => DatabaseFailure.IsTrouble(Wrapped(sqlState)).ShouldBeFalse();

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
