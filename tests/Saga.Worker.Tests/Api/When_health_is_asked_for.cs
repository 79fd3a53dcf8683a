using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Saga.Worker.Api;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

/// <summary>What load balancers and supervisors act on.</summary>
public sealed class When_health_is_asked_for
{
    [Theory]
    [InlineData(HealthStatus.Healthy, "ready", HttpStatusCode.OK, "healthy")]
    [InlineData(HealthStatus.Degraded, "ready", HttpStatusCode.ServiceUnavailable, "degraded")]
    [InlineData(HealthStatus.Unhealthy, "ready", HttpStatusCode.ServiceUnavailable, "unhealthy")]
    [InlineData(HealthStatus.Degraded, "ready advice", HttpStatusCode.OK, "degraded")]
    public async Task A_process_is_ready_unless_something_it_needs_is_away(HealthStatus found, string tags, HttpStatusCode status, string word)
    {
        using var response = await AskAsync("/health/ready", found, tags);

        response.StatusCode.ShouldBe(status);
        var report = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        report.GetProperty("status").GetString().ShouldBe(word);
        report.GetProperty("checks").GetProperty("one").GetRawText().ShouldBe($$"""{"status":"{{word}}","description":"as found"}""");
    }

    [Fact]
    public async Task A_process_that_answers_is_alive_whatever_is_away()
    {
        using var response = await AskAsync("/health/live", HealthStatus.Unhealthy, "ready");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("""{"status":"healthy","checks":{}}""");
    }

    private static async Task<HttpResponseMessage> AskAsync(string path, HealthStatus found, string tags)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddHealthChecks().AddCheck("one", () => new HealthCheckResult(found, "as found"), tags.Split(' '));
        await using var app = builder.Build();
        app.MapHealth();
        await app.StartAsync();
        return await app.GetTestClient().GetAsync(new Uri(path, UriKind.Relative));
    }
}
