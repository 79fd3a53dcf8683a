namespace Saga.Worker.Hosting;

/// <summary>Builds the server: stands in until the real one is merged.</summary>
public static class WorkerHost
{
    /// <summary>Builds the server from its command-line arguments.</summary>
    public static WebApplication Build(string[] args) => WebApplication.CreateBuilder(args).Build();

    private static Task Main(string[] args) => Build(args).RunAsync();
}
