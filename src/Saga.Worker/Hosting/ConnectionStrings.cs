using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Saga.Worker.Hosting;

/// <summary>Recognises connection strings and fills in what this service wants where the user said nothing.</summary>
internal static class ConnectionStrings
{
    // Every message in work holds a connection while it loads and while it saves, so this bounds both.
    private const int DefaultPoolSize = 40;
    private const int PreparedStatements = 100;

    public static bool TryPostgres(string text, out string connectionString)
    {
        connectionString = text;
        if (!Keys(text).Overlaps(["host", "server"]))
            return false;

        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text);
            if (!Keys(text).Overlaps(["maximum pool size", "max pool size", "maxpoolsize"]))
                builder.MaxPoolSize = DefaultPoolSize;
            if (builder.MaxAutoPrepare == 0)
                builder.MaxAutoPrepare = PreparedStatements;
            builder.ApplicationName ??= "saga";

            // Nothing here leaves anything on a connection, and the reset costs a transaction each time one goes back to the pool.
            if (!Keys(text).Contains("no reset on close"))
                builder.NoResetOnClose = true;
            connectionString = builder.ConnectionString;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static bool TrySqlite(string text, out string connectionString)
    {
        connectionString = text;
        if (!Keys(text).Overlaps(["data source", "datasource", "filename"]))
            return false;

        try
        {
            connectionString = new SqliteConnectionStringBuilder(text).ConnectionString;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static HashSet<string> Keys(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text }.Keys.Cast<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return [];
        }
    }
}
