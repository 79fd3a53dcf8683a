using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Saga.Benchmarks.Load;
using Saga.Worker.Hosting;

namespace Saga.Benchmarks.Workers;

/// <summary>The product's own host, as `saga server` runs it.</summary>
internal static class ProductWorker
{
    public const string Name = "worker";

    /// <summary>The command that is a worker with these settings, on any free port.</summary>
    public static IEnumerable<string> Command(params IEnumerable<string> settings) => [Name, "--urls=http://127.0.0.1:0", .. settings];

    public static Task RunAsync(FileInfo log, string[] settings, CancellationToken cancellation) =>
        MeasuredWorker.RunAsync(log, () => WorkerHost.Build(settings), AnnounceAsync, cancellation);

    private static async Task<string?> AnnounceAsync(Microsoft.AspNetCore.Builder.WebApplication host, TextWriter answers)
    {
        if (host.Services.GetRequiredService<WorkerSettings>().InMemoryQueues)
            await ListenAsync(host.Services.GetRequiredService<IBus>(), answers);
        return host.Urls.First();
    }

    private static async Task ListenAsync(IBus bus, TextWriter answers)
    {
        var endpoint = bus.ConnectReceiveEndpoint(
            new TemporaryEndpointDefinition(),
            DefaultEndpointNameFormatter.Instance,
            configurator => configurator.TellEndedRuns(ended => answers.WriteLine(WorkerLines.Of(ended))));
        await endpoint.Ready;
    }
}
