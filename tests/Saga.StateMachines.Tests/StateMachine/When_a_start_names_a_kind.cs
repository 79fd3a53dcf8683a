using System.Text.Json;
using Saga.Contracts;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_a_start_names_a_kind : IAsyncLifetime
{
    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync()
    {
        _saga = await ProvisioningHarness.StartAsync();
        await _saga.RegisterAsync("network", 1, """{"nodes":[{"name":"old","step":"echo"}]}""");
        await _saga.RegisterAsync("network", 2, """{"nodes":[{"name":"new","step":"echo"}]}""");
    }

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Theory]
    [InlineData(null, "new", 2)]
    [InlineData(1, "old", 1)]
    public async Task It_follows_the_latest_version_unless_it_says_which(int? version, string node, int followed)
    {
        var runId = await StartAsync("network", version);

        (await _saga.ExecuteOfAsync(runId, node)).Step.ShouldBe("echo");
        var run = (await _saga.RunAsync(runId))!;
        (run.Kind, run.DefinitionVersion).ShouldBe(("network", followed));
    }

    [Fact]
    public async Task A_version_registered_since_is_for_new_runs_only()
    {
        var before = await StartAsync("network");
        await _saga.RegisterAsync("network", 3, """{"nodes":[{"name":"newest","step":"echo"}]}""");
        var after = await StartAsync("network");

        (await _saga.ExecuteOfAsync(after, "newest")).Node.ShouldBe("newest");
        await _saga.CompleteAllAsync(before, "new");
        await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == before);
    }

    [Theory]
    [InlineData("netwerk", null, "/kind", "Did you mean `network`?")]
    [InlineData("network", 9, "/version", "Registered are 1, 2.")]
    public async Task What_is_not_registered_is_refused_with_what_is(string kind, int? version, string pointer, string remedy)
    {
        var runId = await StartAsync(kind, version);

        var error = (await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == runId)).Errors.ShouldHaveSingleItem();
        (error.Code, error.Pointer).ShouldBe(("unknown_definition", pointer));
        error.Message.ShouldContain(remedy);
    }

    [Fact]
    public async Task A_plan_is_refused_with_all_that_is_wrong_with_it()
    {
        var runId = await _saga.StartPlanAsync("""
            {"nodes":[
              {"name":"a","step":"ecko"},
              {"name":"a","step":"echo"},
              {"name":"b","step":"echo","input":{"$ref":"nothing/id"}},
              {"name":"c","child":{"kind":"network"},"retries":3}]}
            """);

        var errors = (await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == runId)).Errors;
        errors.Select(error => error.Pointer).ShouldBe(
            ["/plan/nodes/0/step", "/plan/nodes/1/name", "/plan/nodes/2/input/$ref", "/plan/nodes/3/retries"], ignoreOrder: true);
        errors.ShouldContain(error => error.Message.Contains("`echo`"));
        (await _saga.RunAsync(runId)).ShouldBeNull();
    }

    [Fact]
    public async Task More_than_one_thing_to_follow_is_refused()
    {
        var runId = Guid.NewGuid();
        await _saga.HandleAsync(ProvisioningHarness.StartOf(runId, "echo") with { Kind = "network" });

        (await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == runId)).Errors.ShouldHaveSingleItem().Code.ShouldBe("ambiguous_plan");
    }

    private async Task<Guid> StartAsync(string kind, int? version = null)
    {
        var runId = Guid.NewGuid();
        await _saga.HandleAsync(new StartProvisioning
        {
            RunId = runId,
            Kind = kind,
            Version = version,
            Input = JsonElement.Parse("""{"message":"hello"}"""),
        });
        return runId;
    }
}
