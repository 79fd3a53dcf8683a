using Saga.Benchmarks.Databases;
using Saga.Benchmarks.Load;
using Saga.Benchmarks.Workers;

namespace Saga.Benchmarks.Stages;

/// <summary>The product as it is: its own host, on a database that holds nothing else.</summary>
internal static class ProductStage
{
    public static Task<Stage> SetAsync(MeasurementSettings settings, CancellationToken cancellation) =>
        Stage.SetAsync(stage => BuildAsync(stage, settings, cancellation));

#pragma warning disable CA2000 // The stage owns its parts and takes them down.
    private static async Task BuildAsync(Stage stage, MeasurementSettings settings, CancellationToken cancellation)
    {
        stage.Use(await DatabaseAsync(settings.Database, stage.Folder, cancellation));
        if (settings.Broker is null)
        {
            var embedded = await StartAsync("embedded", "orchestrator,steps,api", 1, null);
            stage.Use(new HttpRunStarter(embedded.Address!));
            return;
        }

        var broker = await stage.JoinAsync(settings.Broker, settings.Management, cancellation);
        await StartAsync("orchestrator", "orchestrator", settings.Orchestrators, broker);
        await StartAsync("steps", "steps", settings.Workers, broker);

        Task<WorkerProcess> StartAsync(string name, string roles, int count, Uri? broker) => stage.StartAsync(
            name,
            count,
            ProductWorker.Command(
                $"--ConnectionStrings:Database={stage.Database!.ConnectionString}",
                $"--ConnectionStrings:Broker={broker}",
                $"--Saga:QueueType={settings.QueueType}",
                $"--Saga:Roles={roles}"),
            cancellation);
    }
#pragma warning restore CA2000

    private static async Task<IBenchmarkDatabase> DatabaseAsync(string? connectionString, DirectoryInfo folder, CancellationToken cancellation)
    {
        if (connectionString is null)
            return new SqliteDatabase($"Data Source={Path.Combine(folder.FullName, "saga.db")}");
        return connectionString.Contains("Data Source", StringComparison.OrdinalIgnoreCase)
            ? new SqliteDatabase(connectionString)
            : await PostgresDatabase.CreateAsync(connectionString, cancellation);
    }
}
