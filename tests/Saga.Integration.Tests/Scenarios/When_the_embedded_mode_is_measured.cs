using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

/// <summary>The benchmark without servers, which starts its runs over HTTP: that it still works, not how fast it is.</summary>
public sealed class When_the_embedded_mode_is_measured
{
    [Fact]
    public async Task Every_run_is_counted()
    {
        var (exitCode, output) = await ProgramRun.RunAsync(
            Repository.Root,
            "dotnet",
            Repository.OutputOf("Saga.Benchmarks.dll", "benchmarks", "Saga.Benchmarks"),
            "throughput",
            "--runs=30",
            "--lone=2",
            "--warm-up=5",
            "--timeout=900");

        exitCode.ShouldBe(0, output);
        output.ShouldContain("\"stepsPerSecond\"");
    }
}
