using Microsoft.Extensions.Configuration.Memory;
using Saga.StateMachines.Starting;
using Saga.StateMachines.Waking;
using Saga.Worker.Api;
using Saga.Worker.Database;
using Saga.Worker.Messaging;

namespace Saga.Worker.Hosting;

/// <summary>Builds and runs the worker process.</summary>
public static class WorkerHost
{
    private static readonly TimeSpan _stopPatience = TimeSpan.FromSeconds(10);

    private const string DefaultUrl = "http://127.0.0.1:5080";

    // What the libraries say for every message is noise beside the product's own events.
    private static readonly Dictionary<string, string?> _defaultLogLevels = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Microsoft"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = nameof(LogLevel.Information),
        ["Logging:LogLevel:MassTransit"] = nameof(LogLevel.Warning),

        // It warns of every message that is handled again, with the stack; the product counts them, and tells of what is not normal.
        ["Logging:LogLevel:MassTransit.ReceiveTransport"] = nameof(LogLevel.Error),

        // A conflict or a lost connection is handled, or told, by whoever asked; here it would be told twice, and as an error.
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database"] = nameof(LogLevel.Critical),
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Query"] = nameof(LogLevel.Critical),
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Update"] = nameof(LogLevel.Critical),

        // What makes a check unhealthy is told once, by the part that noticed; the checks would tell it again whenever somebody asks.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = nameof(LogLevel.Critical),
    };

    /// <summary>Builds the application from command line arguments, environment variables and <c>appsettings.json</c>.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Adds what the host brings itself, such as definitions written in code.</param>
    /// <exception cref="SettingsException">Some setting cannot work.</exception>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (string.IsNullOrWhiteSpace(builder.Configuration["urls"]))
            builder.WebHost.UseUrls(DefaultUrl);

        var settings = WorkerSettings.From(builder.Configuration);
        ConfigureLogging(builder);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOptions<RunOptions>().BindConfiguration("Saga").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<WakeOptions>().BindConfiguration("Saga:Waking").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddRunDatabase(settings);
        builder.Services.AddMessaging(settings);
        builder.Services.AddRunApi(settings);
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseRunApi(settings);
        return app;
    }

    /// <summary>
    /// Starts the application. The HTTP server starts last, so when its port is taken everything else runs already, and is stopped here like
    /// any running server.
    /// </summary>
    public static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            using var patience = new CancellationTokenSource(_stopPatience);
            await app.StopAsync(patience.Token);
            throw;
        }
    }

    /// <summary>Runs until the process is told to stop; returns the exit code.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Adds what the host brings itself, such as definitions written in code.</param>
    public static async Task<int> RunAsync(string[] args, Action<IServiceCollection>? configure = null)
    {
        try
        {
            await using var app = Build(args, configure);
            await StartAsync(app, CancellationToken.None);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (SettingsException exception)
        {
            foreach (var problem in exception.Problems)
                await Console.Error.WriteLineAsync(problem);
            return 1;
        }
    }

    private static void ConfigureLogging(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
        });

        // Below every other source, so that whoever wants one category to say more does not hear all the others too.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = _defaultLogLevels });
    }
}
