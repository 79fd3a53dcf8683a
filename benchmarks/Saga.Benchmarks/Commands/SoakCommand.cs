using System.CommandLine;
using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Soak;
using Saga.Worker.Hosting;

namespace Saga.Benchmarks.Commands;

/// <summary>Says whether anything is lost or done twice when everything is killed again and again.</summary>
internal sealed class SoakCommand : Command
{
    private readonly Option<int> _runs = NumberOption.Create("--runs", 20_000, "How many runs are started.");
    private readonly Option<int> _concurrency = NumberOption.Create("--concurrency", 100, "How many runs are alive at once.");
    private readonly Option<int> _orchestrators = NumberOption.Create("--orchestrators", 2, "How many processes have the role `orchestrator`.");
    private readonly Option<int> _workers = NumberOption.Create("--workers", 3, "How many step workers there are.");
    private readonly Option<int> _life = NumberOption.Create("--life", 10, "After how many seconds, on average, each process is killed.");
    private readonly Option<int> _patience = NumberOption.Create("--patience", 120, "How many seconds no run may end before the rest counts as lost.");

    private readonly Option<int> _failing = new("--failing")
    {
        Description = "How many of a hundred runs fail at one of their steps.",
        DefaultValueFactory = _ => 10,
    };

    private readonly Option<string> _database = new("--database")
    {
        Description = "`Host=…`: a PostgreSQL, where two databases are made and dropped.",
        HelpName = "connection string",
        Required = true,
    };

    private readonly Option<Uri?> _broker = AddressOption.Create(
        "--broker", "The `amqp://` address of a RabbitMQ (virtual host) that nothing else uses.", "amqp://user:password@host:5672/vhost", "amqp", "amqps");

    private readonly Option<QueueType> _queueType = QueueTypeOption.Create();

    private readonly Option<string?> _restartBroker = new("--restart-broker")
    {
        Description = "The command that kills the broker and starts it again, once, after a third of the runs.",
        HelpName = "command",
    };

    private readonly Option<string?> _restartDatabase = new("--restart-database")
    {
        Description = "The command that kills the database and starts it again, once, after two thirds of the runs.",
        HelpName = "command",
    };

    public SoakCommand()
        : base("soak", "Kill orchestrators, step workers, the broker and the database under load, and compare every run with what its steps did.")
    {
        _broker.Required = true;
        _failing.Validators.Add(parsed =>
        {
            if (parsed.GetValueOrDefault<int>() is < 0 or > 100)
                parsed.AddError("--failing must be from 0 to 100.");
        });
        foreach (var option in new Option[]
            { _runs, _concurrency, _failing, _orchestrators, _workers, _life, _patience, _database, _broker, _queueType, _restartBroker, _restartDatabase })
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var report = await new SoakBenchmark(new SoakSettings
        {
            Runs = parsed.GetValue(_runs),
            Concurrency = parsed.GetValue(_concurrency),
            FailingPercent = parsed.GetValue(_failing),
            Orchestrators = parsed.GetValue(_orchestrators),
            Workers = parsed.GetValue(_workers),
            Life = TimeSpan.FromSeconds(parsed.GetValue(_life)),
            Patience = TimeSpan.FromSeconds(parsed.GetValue(_patience)),
            Database = parsed.GetValue(_database)!,
            Broker = parsed.GetValue(_broker)!,
            QueueType = parsed.GetValue(_queueType),
            RestartBroker = parsed.GetValue(_restartBroker),
            RestartDatabase = parsed.GetValue(_restartDatabase),
        }).RunAsync(cancellation);
        return await ReportJson.PrintAsync(report, report.Passed, "runs and world disagree: see `checks`.");
    }
}
