using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Saga.Worker.Hosting;
using Shouldly;

namespace Saga.Worker.Tests.Api.Support;

/// <summary>The whole worker in its embedded mode, on a free port and a folder of its own.</summary>
public sealed class EmbeddedWorker : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private EmbeddedWorker(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts one with what the test adds, such as steps.</summary>
    public static Task<EmbeddedWorker> StartAsync(Action<IServiceCollection>? configure = null) =>
        StartAsync(Directory.CreateTempSubdirectory("saga-api-").FullName, configure);

    /// <summary>Another worker that finds what this one would leave behind if it were killed now.</summary>
    public async Task<EmbeddedWorker> StartOnACopyAsync()
    {
        var folder = Directory.CreateTempSubdirectory("saga-api-").FullName;
        await using var from = new SqliteConnection($"Data Source={_folder}/saga.db;Pooling=False");
        await using var to = new SqliteConnection($"Data Source={folder}/saga.db;Pooling=False");
        await from.OpenAsync();
        await to.OpenAsync();
        from.BackupDatabase(to);
        return await StartAsync(folder);
    }

    private static async Task<EmbeddedWorker> StartAsync(string folder, Action<IServiceCollection>? configure = null)
    {
        var app = WorkerHost.Build(
            [
                "--urls=http://127.0.0.1:0", $"--ConnectionStrings:Database=Data Source={folder}/saga.db",
                "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning",
            ],
            configure);
        await app.StartAsync();
        return new EmbeddedWorker(app, folder);
    }

    public async Task<HttpResponseMessage> PostAsync(string path, string? json = null)
    {
        using var body = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = body };

        // As curl does: a large body that is refused before it is read would otherwise be cut off in the middle, which is no answer.
        request.Headers.ExpectContinue = json?.Length > 1024 * 1024;
        return await Http.SendAsync(request);
    }

    public async Task<JsonElement> GetAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    public async Task<HttpResponseMessage> TryGetAsync(string path) => await Http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>Starts a run and returns its id.</summary>
    public async Task<Guid> StartRunAsync(string json)
    {
        using var response = await PostAsync("/api/runs", json);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    /// <summary>Waits until the run is what is asked for.</summary>
    public async Task<JsonElement> RunAsync(Guid id, Func<JsonElement, bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience.Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            // A child is not there before its parent's message arrived.
            using var response = await TryGetAsync($"/api/runs/{id}");
            var run = await response.Content.ReadFromJsonAsync<JsonElement>();
            if (response.IsSuccessStatusCode && condition(run))
                return run;

            try
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException exception)
            {
                throw new ShouldAssertException($"Within {Patience.Limit}, the run did not become what was waited for. It is: {run}", exception);
            }
        }
    }

    public Task<JsonElement> EndedRunAsync(Guid id, string status) => RunAsync(id, run => run.GetProperty("status").GetString() == status);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
