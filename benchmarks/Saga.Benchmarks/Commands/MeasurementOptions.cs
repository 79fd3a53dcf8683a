using System.CommandLine;
using Saga.Benchmarks.Stages;
using Saga.Worker.Hosting;

namespace Saga.Benchmarks.Commands;

/// <summary>The options of every command that puts load on the product.</summary>
internal sealed class MeasurementOptions
{
    private readonly Option<int> _runs = NumberOption.Create("--runs", 4000, "How many runs are measured under load.");
    private readonly Option<int> _steps = NumberOption.Create("--steps", 3, "How many steps each run has; they do nothing (`echo`).");
    private readonly Option<int> _concurrency = NumberOption.Create("--concurrency", 100, "How many runs are alive at once under load.");

    private readonly Option<int> _warmUp = NumberOption.Create(
        "--warm-up", 12000, "How many runs go before, unmeasured, until the compiler has optimized by what it saw.");

    private readonly Option<int> _orchestrators = NumberOption.Create(
        "--orchestrators", 1, "How many processes have the role `orchestrator`. Needs a broker.");

    private readonly Option<int> _workers = NumberOption.Create("--workers", 1, "How many processes have the role `steps`. Needs a broker.");
    private readonly Option<int> _timeout = NumberOption.Create("--timeout", 60, "How many seconds a run may take before it counts as lost.");
    private readonly Option<int> _lone;

    private readonly Option<Uri?> _broker = AddressOption.Create(
        "--broker",
        "The `amqp://` address of a RabbitMQ (virtual host) that nothing else uses. Default: queues in memory, everything in one process.",
        "amqp://user:password@host:5672/vhost",
        "amqp",
        "amqps");

    private readonly Option<QueueType> _queueType = QueueTypeOption.Create();

    /// <summary>Makes them.</summary>
    /// <param name="lone">How many runs are measured alone by default.</param>
    public MeasurementOptions(int lone) => _lone = NumberOption.Create(
        "--lone", lone, "How many runs are measured one after the other, with nothing else going on.");

    public Option<string?> Database { get; } = new("--database")
    {
        Description = "`Host=…` makes and drops a database of its own on that PostgreSQL; `Data Source=…` names a file to create. "
            + "Default: SQLite in a temporary folder.",
        HelpName = "connection string",
    };

    /// <summary>Adds the options, and the rules about them, to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="needServers">True when it can do nothing without a database and a broker.</param>
    public void AddTo(Command command, bool needServers = false)
    {
        Database.Required = needServers;
        _broker.Required = needServers;
        foreach (var option in new Option[] { _runs, _steps, _concurrency, _lone, _warmUp, _orchestrators, _workers, _timeout, Database, _broker, _queueType })
            command.Add(option);

        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(_broker) is null && (parsed.GetValue(_orchestrators) > 1 || parsed.GetValue(_workers) > 1))
            {
                parsed.AddError("Without --broker the queues are in memory, so there is one process for everything. "
                    + "Give --broker, or leave out --orchestrators and --workers.");
            }
        });
    }

    public MeasurementSettings Read(ParseResult parsed) => new()
    {
        Runs = parsed.GetValue(_runs),
        Steps = parsed.GetValue(_steps),
        Concurrency = parsed.GetValue(_concurrency),
        Lone = parsed.GetValue(_lone),
        WarmUp = parsed.GetValue(_warmUp),
        Orchestrators = parsed.GetValue(_orchestrators),
        Workers = parsed.GetValue(_workers),
        Timeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)),
        Database = parsed.GetValue(Database),
        Broker = parsed.GetValue(_broker),
        QueueType = parsed.GetValue(_queueType),
    };
}
