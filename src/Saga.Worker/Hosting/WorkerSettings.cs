using Microsoft.Data.Sqlite;
using Npgsql;
using Saga.EntityFrameworkCore.Databases;
using Saga.Worker.Messaging;

namespace Saga.Worker.Hosting;

/// <summary>
/// The settings that decide what the process is made of, read and checked before anything is built. Without any, it is the embedded mode: SQLite
/// in <c>./data</c>, queues in memory, all roles.
/// </summary>
public sealed record WorkerSettings
{
    /// <summary>Where the embedded mode keeps its runs.</summary>
    public const string DefaultDatabase = "Data Source=data/saga.db";

    internal const string QueueTypeKey = "Saga:QueueType";

    internal const string DatabaseKey = "ConnectionStrings:Database";
    internal const string BrokerKey = "ConnectionStrings:Broker";
    internal const string RolesKey = "Saga:Roles";
    internal const string DefinitionsKey = "Saga:Definitions";

    /// <summary><c>Saga__Roles</c>: any of <c>orchestrator</c>, <c>steps</c>, <c>api</c>, separated by commas. Default: all.</summary>
    public required WorkerRoles Roles { get; init; }

    /// <summary><c>ConnectionStrings__Database</c>: <c>Host=…</c> for PostgreSQL, <c>Data Source=…</c> for SQLite. Default: <see cref="DefaultDatabase"/>.</summary>
    public required string Database { get; init; }

    /// <summary>The kind of <see cref="Database"/>.</summary>
    public required DatabaseKind DatabaseKind { get; init; }

    /// <summary><c>ConnectionStrings__Broker</c>: <c>amqp://…</c> or <c>amqps://…</c> for RabbitMQ; null for queues in memory.</summary>
    public required Uri? Broker { get; init; }

    /// <summary><c>Saga__QueueType</c>: <c>quorum</c> or <c>classic</c>; the same in all processes that read the same queues. Default: <c>quorum</c>.</summary>
    public QueueType QueueType { get; init; }

    /// <summary><c>Saga__Definitions</c>: a folder with plan documents to register, named like <c>network.v2.yaml</c>; null for none.</summary>
    public string? DefinitionFolder { get; init; }

    /// <summary>True when queues live in this process and die with it.</summary>
    public bool InMemoryQueues => Broker is null;

    /// <summary>True when the process reads or writes runs.</summary>
    public bool NeedsDatabase => Roles.HasFlag(WorkerRoles.Orchestrator) || Roles.HasFlag(WorkerRoles.Api);

    /// <summary>What to call the database in the log. Never the whole connection string: it may hold a password.</summary>
    internal string DatabaseName => DatabaseKind == DatabaseKind.Sqlite
        ? Path.GetFullPath(new SqliteConnectionStringBuilder(Database).DataSource)
        : NameOf(new NpgsqlConnectionStringBuilder(Database));

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingsException">Some setting cannot work; it lists every problem.</exception>
    public static WorkerSettings From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        List<string> problems = configuration is IConfigurationRoot root ? [.. SettingSources.Problems(root)] : [];
        var roles = ReadRoles(configuration[RolesKey], problems);
        var (database, kind) = ReadDatabase(configuration[DatabaseKey], problems);
        var broker = ReadBroker(configuration[BrokerKey], problems);
        var queueType = ReadQueueType(configuration[QueueTypeKey], problems);

        if (broker is null && problems.Count == 0 && !roles.HasFlag(WorkerRoles.Orchestrator | WorkerRoles.Steps))
        {
            problems.Add($"{RolesKey} is '{configuration[RolesKey]}' but {BrokerKey} is not set, so the queues live inside this process and no other "
                + $"process can do the rest. Set {BrokerKey} to an amqp:// address, or give this process the roles orchestrator and steps.");
        }

        return problems.Count == 0
            ? new WorkerSettings
            {
                Roles = roles,
                Database = database,
                DatabaseKind = kind,
                Broker = broker,
                QueueType = queueType,
                DefinitionFolder = string.IsNullOrWhiteSpace(configuration[DefinitionsKey]) ? null : configuration[DefinitionsKey],
            }
            : throw new SettingsException(problems);
    }

    private static string NameOf(NpgsqlConnectionStringBuilder postgres) => $"PostgreSQL {postgres.Host}:{postgres.Port}/{postgres.Database}";

    private static WorkerRoles ReadRoles(string? text, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
            return WorkerRoles.All;

        var roles = WorkerRoles.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Enum.TryParse<WorkerRoles>(name, ignoreCase: true, out var role) && char.IsLetter(name[0]) && role != WorkerRoles.None)
                roles |= role;
            else
                problems.Add($"{RolesKey} names the role '{name}'. The roles are orchestrator, steps and api, separated by commas. Leave it out for all.");
        }

        return roles;
    }

    private static (string ConnectionString, DatabaseKind Kind) ReadDatabase(string? text, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
            return (DefaultDatabase, DatabaseKind.Sqlite);
        if (ConnectionStrings.TryPostgres(text, out var postgres))
            return (postgres, DatabaseKind.Postgres);
        if (ConnectionStrings.TrySqlite(text, out var sqlite))
            return (sqlite, DatabaseKind.Sqlite);

        problems.Add($"{DatabaseKey} is no connection string for a database known here. It must start with 'Host=' for PostgreSQL, such as "
            + "'Host=localhost;Database=saga;Username=saga;Password=…', or with 'Data Source=' for SQLite. Leave it out for SQLite in ./data.");
        return ("", DatabaseKind.Sqlite);
    }

    private static Uri? ReadBroker(string? text, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps" or "rabbitmq" or "rabbitmqs" && uri.Host.Length > 0)
            return uri;

        problems.Add($"{BrokerKey} is no address of a RabbitMQ broker. It must look like 'amqp://user:password@host:5672/vhost'. "
            + "Leave it out for queues in memory.");
        return null;
    }

    private static QueueType ReadQueueType(string? text, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text) || Is(QueueType.Quorum))
            return QueueType.Quorum;
        if (Is(QueueType.Classic))
            return QueueType.Classic;

        problems.Add($"{QueueTypeKey} is '{text}'. It must be quorum, or classic for a broker of one node. Leave it out for quorum.");
        return QueueType.Quorum;

        bool Is(QueueType type) => text.Trim().Equals(type.Name(), StringComparison.OrdinalIgnoreCase);
    }
}
