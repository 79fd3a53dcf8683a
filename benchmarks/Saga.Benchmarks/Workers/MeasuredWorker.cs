using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Saga.Benchmarks.Workers;

/// <summary>A host with counters beside it, in a process that obeys the lines of its standard input and ends with it.</summary>
internal static class MeasuredWorker
{
    /// <summary>Runs until the standard input ends.</summary>
    /// <param name="log">Where the host's log goes.</param>
    /// <param name="build">Makes the host.</param>
    /// <param name="prepare">What is to be done once the host is ready; returns where it answers HTTP, or null.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task RunAsync<THost>(
        FileInfo log, Func<THost> build, Func<THost, TextWriter, Task<string?>> prepare, CancellationToken cancellation)
        where THost : IHost
    {
        var answers = Console.Out;
        await using var logWriter = new StreamWriter(log.FullName) { AutoFlush = true };
        // The standard output belongs to the answers; the log costs the same in a file.
        Console.SetOut(logWriter);

        using var database = new DatabaseCounter();
        var host = build();
        // Every host of the framework is; its services may have no other way to end.
        await using var end = (IAsyncDisposable)host;
        await host.StartAsync(cancellation);
        await WaitUntilReadyAsync(host.Services, cancellation);
        await answers.WriteLineAsync(WorkerLines.Ready(await prepare(host, answers)));
        await ObeyAsync(answers, database, cancellation);
        await host.StopAsync(CancellationToken.None);
    }

    private static async Task WaitUntilReadyAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var health = services.GetRequiredService<HealthCheckService>();
        while ((await health.CheckHealthAsync(cancellation)).Status != HealthStatus.Healthy)
            await Task.Delay(50, cancellation);
    }

    // A thread of its own, because reading the standard input blocks one, and a pool of two would feel that.
    private static Task ObeyAsync(TextWriter answers, DatabaseCounter database, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellation.Register(() => done.TrySetResult());
        new Thread(() =>
        {
            while (Console.In.ReadLine() is { } line)
            {
                if (line == WorkerLines.Sample)
                    answers.WriteLine(WorkerLines.Of(WorkerSample.Take(database)));
                else if (line == WorkerLines.Disconnect)
                    NpgsqlConnection.ClearAllPools();
            }

            done.TrySetResult();
        })
        { IsBackground = true, Name = "Orders" }.Start();
        return done.Task;
    }
}
