using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Deployments;

/// <summary>The HTTP API of one worker, in the words of the tests.</summary>
public sealed class RunApi(WorkerProcess worker)
{
    private static readonly string[] Ends = ["completed", "rolled_back", "failed"];

    public Task<HttpResponseMessage> PostAsync(string path, object body, CancellationToken cancellation = default) =>
        worker.Http.PostAsJsonAsync(path, body, cancellation);

    /// <summary>Starts a run and returns its id.</summary>
    public async Task<Guid> StartAsync(IReadOnlyList<string> steps, object? input = null, Guid? runId = null, CancellationToken cancellation = default)
    {
        var id = runId ?? Guid.CreateVersion7();
        using var response = await PostAsync("api/runs", new { runId = id, steps, input = input ?? new { } }, cancellation);
        await ShouldBeAcceptedAsync(response, cancellation);
        return id;
    }

    /// <summary>Starts a run of a plan document.</summary>
    public async Task StartPlanAsync(Guid runId, JsonElement plan, object input, CancellationToken cancellation = default)
    {
        using var response = await PostAsync("api/runs", new { runId, plan, input }, cancellation);
        await ShouldBeAcceptedAsync(response, cancellation);
    }

    /// <summary>Tells a run that something happened.</summary>
    public async Task SignalAsync(Guid runId, string name, object body, CancellationToken cancellation = default)
    {
        using var response = await PostAsync($"api/runs/{runId}/signals/{name}", body, cancellation);
        await ShouldBeAcceptedAsync(response, cancellation);
    }

    public Task<JsonElement> ReadAsync(Guid run, CancellationToken cancellation = default) =>
        worker.Http.GetFromJsonAsync<JsonElement>($"api/runs/{run}", cancellation);

    /// <summary>The statuses of all runs, at most 500.</summary>
    public async Task<IReadOnlyList<string>> ReadStatusesAsync(CancellationToken cancellation = default)
    {
        var page = await worker.Http.GetFromJsonAsync<JsonElement>("api/runs?limit=500", cancellation);
        page.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        return [.. page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("status").GetString()!)];
    }

    public async Task<int> CountEndedAsync(CancellationToken cancellation = default) =>
        (await ReadStatusesAsync(cancellation)).Count(Ends.Contains);

    /// <summary>Waits until the run has ended, however, and returns it.</summary>
    public Task<JsonElement> SeeEndAsync(Guid run, Func<string>? context = null) => Eventually.SeeAsync(
        $"run {run} to end",
        cancellation => ReadAsync(run, cancellation),
        seen => Ends.Contains(seen.GetProperty("status").GetString()),
        context: context ?? (() => worker.Output));

    private static async Task ShouldBeAcceptedAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode != HttpStatusCode.Accepted)
        {
            throw new HttpRequestException($"The request was answered with {response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellation)}");
        }
    }
}
