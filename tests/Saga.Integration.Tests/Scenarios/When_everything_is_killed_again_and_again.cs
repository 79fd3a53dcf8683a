using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

/// <summary>A short soak (<c>docs/performance.md</c>): its steps write their effects down, and every run is compared with them in the end.</summary>
public sealed class When_everything_is_killed_again_and_again
{
    [Fact]
    public async Task Every_run_ends_and_the_world_is_what_the_runs_say()
    {
        await using var postgres = await KillableServer.StartPostgresAsync();
        await using var rabbitMq = await KillableServer.StartRabbitMqAsync();

        var (exitCode, output) = await ProgramRun.RunAsync(
            Repository.Root,
            "dotnet",
            Repository.OutputOf("Saga.Benchmarks.dll", "benchmarks", "Saga.Benchmarks"),
            "soak",
            "--runs=300",
            "--concurrency=40",
            "--orchestrators=2",
            "--workers=2",
            "--life=8",
            "--patience=900",
            $"--database={postgres.Address}",
            $"--broker={rabbitMq.Address}",
            $"--restart-broker={rabbitMq.RestartCommand}",
            $"--restart-database={postgres.RestartCommand}");

        exitCode.ShouldBe(0, output);
    }
}
