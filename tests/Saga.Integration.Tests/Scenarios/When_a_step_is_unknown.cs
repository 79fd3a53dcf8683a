using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Saga.Integration.Tests.Deployments;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_a_step_is_unknown(SingleWorker worker) : IClassFixture<SingleWorker>
{
    [Fact]
    public async Task The_start_is_refused_with_the_nearest_names()
    {
        using var response = await worker.Api.PostAsync("api/runs", new { steps = new[] { "echo", "ecko" } });

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        var error = problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("pointer").GetString().ShouldBe("/steps/1");
        error.GetProperty("code").GetString().ShouldBe("unknown_step");
        error.GetProperty("message").GetString()!.ShouldContain("Did you mean `echo`?");
        (await worker.Api.ReadStatusesAsync()).ShouldBeEmpty();
    }
}
