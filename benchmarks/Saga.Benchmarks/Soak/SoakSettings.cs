using Saga.Worker.Hosting;

namespace Saga.Benchmarks.Soak;

/// <summary>How long and how roughly; see the options of the command.</summary>
internal sealed record SoakSettings
{
    public required int Runs { get; init; }

    public required int Concurrency { get; init; }

    public required int FailingPercent { get; init; }

    public required int Orchestrators { get; init; }

    public required int Workers { get; init; }

    /// <summary>How long each process lives on average.</summary>
    public required TimeSpan Life { get; init; }

    /// <summary>How long nothing may end before the rest counts as lost.</summary>
    public required TimeSpan Patience { get; init; }

    public required string Database { get; init; }

    public required Uri Broker { get; init; }

    public required QueueType QueueType { get; init; }

    /// <summary>Kills the broker and starts it again, after a third of the runs; null leaves it alone.</summary>
    public required string? RestartBroker { get; init; }

    /// <summary>Kills the database and starts it again, after two thirds of the runs; null leaves it alone.</summary>
    public required string? RestartDatabase { get; init; }
}
