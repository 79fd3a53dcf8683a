using System.CommandLine;
using Saga.Benchmarks.Commands;

RootCommand root = new("Measures the saga orchestrator and prints one JSON document; progress goes to the standard error. See docs/performance.md.")
{
    new ThroughputCommand(),
    new CeilingCommand(),
    new GrowthCommand(),
    new IdleCommand(),
    new WorkerCommand(),
    new CeilingWorkerCommand(),
};

return await root.Parse(args).InvokeAsync();
