using System.CommandLine;
using Saga.Worker.Hosting;

namespace Saga.Benchmarks.Commands;

/// <summary>The option that says what kind of queues the broker is asked for.</summary>
internal static class QueueTypeOption
{
    public static Option<QueueType> Create() => new("--queue-type")
    {
        Description = "What kind of queues there are on RabbitMQ: `quorum`, or `classic` for a broker of one node.",
        DefaultValueFactory = _ => QueueType.Quorum,
    };
}
