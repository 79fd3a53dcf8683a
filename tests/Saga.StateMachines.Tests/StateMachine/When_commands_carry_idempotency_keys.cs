using System.Text.Json;
using Saga.Contracts;
using Saga.StateMachines.Resuming;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

/// <summary>The keys as an API outside sees them. They are part of what is promised: one that changes lets the API do twice what it did under the old one.</summary>
public sealed class When_commands_carry_idempotency_keys : IAsyncLifetime
{
    private static readonly Guid Id = Guid.Parse("0199c0de-5a6a-7000-8000-0000000000aa");

    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync() => _saga = await ProvisioningHarness.StartAsync();

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Fact]
    public async Task A_compensation_has_another_than_its_execution()
    {
        await StartAsync("""{"nodes":[{"name":"a","step":"echo"},{"name":"b","step":"fail","dependsOn":["a"]}]}""");
        await CompleteAsync("a");
        await _saga.FailAsync(await ExecuteOfAsync("b"));
        await CompensateOfAsync("a");

        Executions.ShouldBe(["0199c0de5a6a700080000000000000aa/a/execute", "0199c0de5a6a700080000000000000aa/b/execute"]);
        Compensations.ShouldBe(["0199c0de5a6a700080000000000000aa/a/compensate"]);
    }

    [Fact]
    public async Task Every_attempt_to_execute_has_the_same()
    {
        await StartAsync("""{"nodes":[{"name":"a","step":"echo","retry":{"initial":"PT1H","max":"PT1H"}}]}""");
        var first = await ExecuteOfAsync("a");
        await _saga.ThrowAsync(first);
        await _saga.WakeAsync(await _saga.RowAsync(Id, "a"));
        (await _saga.ExecuteAgainAsync(first)).Attempt.ShouldBe(2);

        Executions.ShouldBe(["0199c0de5a6a700080000000000000aa/a/execute", "0199c0de5a6a700080000000000000aa/a/execute"]);
    }

    [Fact]
    public async Task Every_attempt_to_compensate_has_the_same()
    {
        await StartAsync(
            """
            {"nodes":[
              {"name":"a","step":"echo","compensation":{"retry":{"maxAttempts":2,"initial":"PT1H","max":"PT1H"}}},
              {"name":"b","step":"fail","dependsOn":["a"]}]}
            """);
        await CompleteAsync("a");
        await _saga.FailAsync(await ExecuteOfAsync("b"));
        var first = await CompensateOfAsync("a");
        await _saga.FailToCompensateAsync(first, retryable: true);
        await _saga.WakeAsync(await _saga.RowAsync(Id, "a"));
        (await _saga.CompensateAgainAsync(first)).Attempt.ShouldBe(2);

        Compensations.ShouldBe(["0199c0de5a6a700080000000000000aa/a/compensate", "0199c0de5a6a700080000000000000aa/a/compensate"]);
    }

    [Fact]
    public async Task A_step_that_goes_on_after_a_signal_has_the_same()
    {
        await StartAsync("""{"nodes":[{"name":"a","step":"echo"}]}""");
        var first = await ExecuteOfAsync("a");
        await _saga.AwaitAsync(first, ["approved"]);
        await _saga.SignalAsync(Id, "approved");
        (await _saga.ExecuteAgainAsync(first)).Resumption.ShouldNotBeNull();

        Executions.ShouldBe(["0199c0de5a6a700080000000000000aa/a/execute", "0199c0de5a6a700080000000000000aa/a/execute"]);
    }

    [Fact]
    public async Task A_command_that_is_sent_again_has_the_same()
    {
        await StartAsync("""{"nodes":[{"name":"a","step":"echo"},{"name":"b","step":"fail","dependsOn":["a"]}]}""");
        await CompleteAsync("a");
        var last = await ExecuteOfAsync("b");
        await _saga.HandleAsync(new WakeRun { RunId = Id });
        await _saga.FailAsync(last);
        await CompensateOfAsync("a");
        await _saga.HandleAsync(new WakeRun { RunId = Id });

        _saga.SentSoFar<ExecuteStep>().Count(command => command.Node == "b").ShouldBeGreaterThan(1);
        _saga.SentSoFar<CompensateStep>().Count.ShouldBeGreaterThan(1);
        Executions.ShouldBe(["0199c0de5a6a700080000000000000aa/a/execute", "0199c0de5a6a700080000000000000aa/b/execute"]);
        Compensations.ShouldBe(["0199c0de5a6a700080000000000000aa/a/compensate"]);
    }

    [Fact]
    public async Task Each_item_of_a_map_has_its_own()
    {
        await StartAsync(
            """
            {"nodes":[
              {"name":"m","map":{"over":["x","y"],"nodes":[{"name":"a","step":"echo","input":{"message":"${item}"}}]}},
              {"name":"b","step":"fail","dependsOn":["m"]}]}
            """);
        await CompleteAsync("m[0]/a");
        await CompleteAsync("m[1]/a");
        await _saga.FailAsync(await ExecuteOfAsync("b"));
        await _saga.CompensateAsync(await CompensateOfAsync("m[1]/a"));
        await _saga.CompensateAsync(await CompensateOfAsync("m[0]/a"));

        Executions.Order(StringComparer.Ordinal).ShouldBe(
        [
            "0199c0de5a6a700080000000000000aa/b/execute", "0199c0de5a6a700080000000000000aa/m[0]/a/execute",
            "0199c0de5a6a700080000000000000aa/m[1]/a/execute",
        ]);
        Compensations.Order(StringComparer.Ordinal)
            .ShouldBe(["0199c0de5a6a700080000000000000aa/m[0]/a/compensate", "0199c0de5a6a700080000000000000aa/m[1]/a/compensate"]);
    }

    [Fact]
    public async Task Each_iteration_of_a_loop_has_its_own()
    {
        await StartAsync(
            """
            {"nodes":[
              {"name":"l","loop":{"maxIterations":2,"nodes":[{"name":"a","step":"echo"}]}},
              {"name":"b","step":"fail","dependsOn":["l"]}]}
            """);
        await CompleteAsync("l[0]/a");
        await CompleteAsync("l[1]/a");
        await _saga.FailAsync(await ExecuteOfAsync("b"));
        await _saga.CompensateAsync(await CompensateOfAsync("l[1]/a"));
        await _saga.CompensateAsync(await CompensateOfAsync("l[0]/a"));

        Executions.ShouldBe(
        [
            "0199c0de5a6a700080000000000000aa/l[0]/a/execute", "0199c0de5a6a700080000000000000aa/l[1]/a/execute",
            "0199c0de5a6a700080000000000000aa/b/execute",
        ]);
        Compensations.ShouldBe(["0199c0de5a6a700080000000000000aa/l[1]/a/compensate", "0199c0de5a6a700080000000000000aa/l[0]/a/compensate"]);
    }

    [Fact]
    public async Task A_step_of_a_child_has_that_of_its_own_run()
    {
        await StartAsync("""{"nodes":[{"name":"c","child":{"plan":{"nodes":[{"name":"a","step":"echo"}]}}},{"name":"b","step":"fail","dependsOn":["c"]}]}""");
        var child = await _saga.ChildOfAsync(Id, "c");
        child.ShouldBe(Guid.Parse("6a84b423-ba25-8ede-b480-f584e5c060c2"), "A child's id is part of the keys of its steps, so it must stay what it was.");
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(child, "a"));
        await _saga.FailAsync(await ExecuteOfAsync("b"));
        await _saga.CompensateOfAsync(child, "a");

        Executions.ShouldBe(["6a84b423ba258edeb480f584e5c060c2/a/execute", "0199c0de5a6a700080000000000000aa/b/execute"]);
        Compensations.ShouldBe(["6a84b423ba258edeb480f584e5c060c2/a/compensate"]);
    }

    // Of each dispatch one: the outbox may deliver a command twice.
    private IEnumerable<string> Executions =>
        _saga.SentSoFar<ExecuteStep>().DistinctBy(command => (command.RunId, command.DispatchId, command.IdempotencyKey)).Select(command => command.IdempotencyKey);

    private IEnumerable<string> Compensations =>
        _saga.SentSoFar<CompensateStep>().DistinctBy(command => (command.RunId, command.DispatchId, command.IdempotencyKey)).Select(command => command.IdempotencyKey);

    private Task StartAsync(string plan) => _saga.HandleAsync(
        new StartProvisioning { RunId = Id, Plan = JsonElement.Parse(plan), Input = JsonElement.Parse("""{"message":"hello"}""") });

    private Task<ExecuteStep> ExecuteOfAsync(string node) => _saga.ExecuteOfAsync(Id, node);

    private Task<CompensateStep> CompensateOfAsync(string node) => _saga.CompensateOfAsync(Id, node);

    private async Task CompleteAsync(string node) => await _saga.CompleteAsync(await ExecuteOfAsync(node));
}
