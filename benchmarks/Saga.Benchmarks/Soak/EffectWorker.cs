using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Saga.Benchmarks.Workers;
using Saga.Consumers;

namespace Saga.Benchmarks.Soak;

/// <summary>A step worker as its authors write them, which hosts <see cref="Effect"/>.</summary>
internal static class EffectWorker
{
    public const string Name = "soak-worker";

    /// <summary>The command that is one.</summary>
    public static IEnumerable<string> Command(Uri broker, string effects) => [Name, "--broker", broker.AbsoluteUri, "--effects", effects];

    public static Task RunAsync(FileInfo log, Uri broker, string effects, CancellationToken cancellation) =>
        MeasuredWorker.RunAsync(log, () => Build(broker, effects), (_, _) => Task.FromResult<string?>(null), cancellation);

    private static IHost Build(Uri broker, string effects)
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
                rabbit.ConfigureStepEndpoints(context, (_, endpoint) => endpoint.SetQuorumQueue());
            });
        });
        return builder.Build();
    }
}
