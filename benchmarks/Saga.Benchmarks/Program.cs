using System.CommandLine;
using Saga.Benchmarks.Commands;

RootCommand root = new("Measures the saga orchestrator and prints one JSON document; progress goes to the standard error. See docs/performance.md.")
{
    new ThroughputCommand(),
    new CeilingCommand(),
    new GrowthCommand(),
    new PlansCommand(),
    new IdleCommand(),
    new SoakCommand(),
    new WorkerCommand(),
    new CeilingWorkerCommand(),
    new SoakWorkerCommand(),
};

return await root.Parse(args).InvokeAsync();
