using System.Text.Json;
using Saga.Contracts;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_children_nest : IAsyncLifetime
{
    private const int Levels = 32;

    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync()
    {
        _saga = await ProvisioningHarness.StartAsync();

        // The second version names the latest one: itself.
        await _saga.RegisterAsync("nest", 1, """{"nodes":[{"name":"work","step":"echo"}]}""");
        await _saga.RegisterAsync("nest", 2, """
            {"nodes":[{"name":"more","route":{"cases":[{"name":"yes","when":{">":[{"var":"input.left"},0]},
              "nodes":[{"name":"child","child":{"kind":"nest","input":{"left":{"$logic":{"-":[{"var":"input.left"},1]}}}}}]}]}}]}
            """);
    }

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Fact]
    public async Task As_many_levels_as_are_allowed_complete()
    {
        var runId = await StartAsync(Levels);

        await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId);
        (await _saga.RunsAsync()).Count.ShouldBe(Levels + 1);
    }

    [Fact]
    public async Task A_definition_that_names_itself_without_end_fails_at_the_limit()
    {
        var runId = await StartAsync(1_000_000);

        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);
        var runs = await _saga.RunsAsync();
        runs.Count.ShouldBe(Levels + 1);
        var parents = runs.Select(run => run.ParentRunId).ToHashSet();
        var deepest = runs.Single(run => !parents.Contains(run.CorrelationId));
        var child = await _saga.RowAsync(deepest.CorrelationId, "more/yes/child");
        child.ErrorCode.ShouldBe("too_many_levels");
        child.ErrorMessage.ShouldBe("The child would have more than 32 runs above it, each the child of the next. Children nest at most 32 levels deep. "
            + "Let a definition that names itself stop: put its child into a route whose condition comes to an end.");
    }

    private async Task<Guid> StartAsync(int left)
    {
        var start = new StartProvisioning { RunId = Guid.NewGuid(), Kind = "nest", Input = JsonElement.Parse($$"""{"left":{{left}}}""") };
        await _saga.HandleAsync(start);
        return start.RunId;
    }
}
