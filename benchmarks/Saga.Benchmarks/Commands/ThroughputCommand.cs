using System.CommandLine;
using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Throughput;

namespace Saga.Benchmarks.Commands;

/// <summary>Runs many runs and says what each of their steps costs.</summary>
internal sealed class ThroughputCommand : Command
{
    private readonly Option<int> _runs = Number("--runs", 2000, "How many runs are measured under load.");
    private readonly Option<int> _steps = Number("--steps", 3, "How many steps each run has; they do nothing (`echo`).");
    private readonly Option<int> _concurrency = Number("--concurrency", 100, "How many runs are alive at once under load.");
    private readonly Option<int> _lone = Number("--lone", 50, "How many runs are measured one after the other, with nothing else going on.");
    private readonly Option<int> _warmUp = Number("--warm-up", 2000, "How many runs go before, unmeasured, for the compiler to finish its work.");
    private readonly Option<int> _orchestrators = Number("--orchestrators", 1, "How many processes have the role `orchestrator`. Needs a broker.");
    private readonly Option<int> _workers = Number("--workers", 1, "How many processes have the role `steps`. Needs a broker.");
    private readonly Option<int> _timeout = Number("--timeout", 60, "How many seconds a run may take before it counts as lost.");

    private readonly Option<string?> _database = new("--database")
    {
        Description = "`Host=…` makes and drops a database of its own on that PostgreSQL; `Data Source=…` names a file to create. "
            + "Default: SQLite in a temporary folder.",
        HelpName = "connection string",
    };

    private readonly Option<Uri?> _broker = new("--broker")
    {
        Description = "The `amqp://` address of a RabbitMQ (virtual host) that nothing else uses. "
            + "Default: queues in memory, everything in one process.",
        HelpName = "address",
        CustomParser = parsed =>
        {
            if (Uri.TryCreate(parsed.Tokens.Single().Value, UriKind.Absolute, out var address) && address.Scheme is ("amqp" or "amqps"))
                return address;
            parsed.AddError("--broker must look like amqp://user:password@host:5672/vhost.");
            return null;
        },
    };

    public ThroughputCommand()
        : base("throughput", "Measure throughput, latency, and what each step costs in CPU, memory and database work.")
    {
        foreach (var option in new Option[] { _runs, _steps, _concurrency, _lone, _warmUp, _orchestrators, _workers, _timeout, _database, _broker })
            Add(option);

        Validators.Add(parsed =>
        {
            if (parsed.GetResult(_broker) is null && (parsed.GetValue(_orchestrators) > 1 || parsed.GetValue(_workers) > 1))
            {
                parsed.AddError("Without --broker the queues are in memory, so there is one process for everything. "
                    + "Give --broker, or leave out --orchestrators and --workers.");
            }
        });
        SetAction(MeasureAsync);
    }

    private static Option<int> Number(string name, int byDefault, string description)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(parsed =>
        {
            if (parsed.GetValueOrDefault<int>() < 1)
                parsed.AddError($"{name} must be at least 1.");
        });
        return option;
    }

    private async Task<int> MeasureAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var report = await new ThroughputBenchmark(new ThroughputSettings
        {
            Runs = parsed.GetValue(_runs),
            Steps = parsed.GetValue(_steps),
            Concurrency = parsed.GetValue(_concurrency),
            Lone = parsed.GetValue(_lone),
            WarmUp = parsed.GetValue(_warmUp),
            Orchestrators = parsed.GetValue(_orchestrators),
            Workers = parsed.GetValue(_workers),
            Timeout = TimeSpan.FromSeconds(parsed.GetValue(_timeout)),
            Database = parsed.GetValue(_database),
            Broker = parsed.GetValue(_broker),
        }).MeasureAsync(cancellation);

        return await ReportJson.PrintAsync(report, report.Correctness.Passed, "the correctness check failed: see `correctness`.");
    }
}
