using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Saga.Benchmarks.Workers;
using Saga.Consumers;
using Saga.Worker.Hosting;
using Saga.Worker.Messaging;

namespace Saga.Benchmarks.Soak;

/// <summary>A step worker as its authors write them, which hosts <see cref="Effect"/>.</summary>
internal static class EffectWorker
{
    public const string Name = "soak-worker";

    /// <summary>The command that is one.</summary>
    public static IEnumerable<string> Command(Uri broker, QueueType queueType, string effects) =>
        [Name, "--broker", broker.AbsoluteUri, "--queue-type", $"{queueType}", "--effects", effects];

    public static Task RunAsync(FileInfo log, Uri broker, QueueType queueType, string effects, CancellationToken cancellation) =>
        MeasuredWorker.RunAsync(log, () => Build(broker, queueType, effects), (_, _) => Task.FromResult<string?>(null), cancellation);

    private static IHost Build(Uri broker, QueueType queueType, string effects)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(effects)).AddSingleton<EffectTable>().AddStep<Effect>();
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddStepConsumers();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(broker, host => host.ConnectionName("soak"));
                rabbit.ConfigureStepEndpoints(context, (_, endpoint) => endpoint.SetQueueType(queueType));
            });
        });
        return builder.Build();
    }
}
