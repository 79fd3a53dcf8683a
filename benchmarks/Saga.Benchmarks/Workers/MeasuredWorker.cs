using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Saga.Benchmarks.Load;
using Saga.Worker.Hosting;

namespace Saga.Benchmarks.Workers;

/// <summary>
/// The product's own host, as `saga server` runs it, with counters beside it. It obeys the lines of its standard input and ends with it.
/// </summary>
internal static class MeasuredWorker
{
    public static async Task RunAsync(FileInfo log, string[] settings, CancellationToken cancellation)
    {
        var answers = Console.Out;
        await using var logWriter = new StreamWriter(log.FullName) { AutoFlush = true };
        // The standard output belongs to the answers; the log costs the same in a file.
        Console.SetOut(logWriter);

        using var database = new DatabaseCounter();
        await using var host = WorkerHost.Build(settings);
        await host.StartAsync(cancellation);
        await WaitUntilReadyAsync(host.Services, cancellation);
        if (host.Services.GetRequiredService<WorkerSettings>().InMemoryQueues)
            await ListenAsync(host.Services.GetRequiredService<IBus>(), answers);

        await answers.WriteLineAsync(WorkerLines.Ready(host.Urls.First()));
        await ObeyAsync(answers, database, cancellation);
        await host.StopAsync(CancellationToken.None);
    }

    private static async Task WaitUntilReadyAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var health = services.GetRequiredService<HealthCheckService>();
        while ((await health.CheckHealthAsync(cancellation)).Status != HealthStatus.Healthy)
            await Task.Delay(50, cancellation);
    }

    private static async Task ListenAsync(IBus bus, TextWriter answers)
    {
        var endpoint = bus.ConnectReceiveEndpoint(
            new TemporaryEndpointDefinition(),
            DefaultEndpointNameFormatter.Instance,
            configurator => configurator.TellEndedRuns(ended => answers.WriteLine(WorkerLines.Of(ended))));
        await endpoint.Ready;
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
