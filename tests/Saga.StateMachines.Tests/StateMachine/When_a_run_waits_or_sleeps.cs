using Saga.Contracts;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_a_run_waits_or_sleeps : IAsyncLifetime
{
    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync() => _saga = await ProvisioningHarness.StartAsync();

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Fact]
    public async Task A_sleep_ends_when_it_is_woken()
    {
        var runId = await _saga.StartPlanAsync("""{"nodes":[{"name":"rest","sleep":"PT1H"}]}""");
        var row = await _saga.RowAsync(runId, "rest");
        (row.Status, row.Kind, row.WaitingFor).ShouldBe(("waiting", "sleep", null));
        row.WakeAt!.Value.ShouldBe(DateTimeOffset.UtcNow.AddHours(1), TimeSpan.FromMinutes(30));

        await _saga.WakeAsync(row);

        (await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId)).Output!.Value.GetProperty("wokeAt").GetDateTimeOffset()
            .ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(30));
        (await _saga.IsAnythingToBeWokenAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_wake_before_its_moment_is_not_believed()
    {
        var runId = await _saga.StartPlanAsync("""{"nodes":[{"name":"rest","sleep":"PT1H"}]}""");
        var row = await _saga.RowAsync(runId, "rest");

        await _saga.WakeTooEarlyAsync(row);

        var still = await _saga.RowAsync(runId, "rest");
        (still.Status, still.WakeAt, still.WakeId).ShouldBe(("waiting", row.WakeAt, row.WakeId));
        await _saga.WakeAsync(row);
        await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId);
    }

    [Fact]
    public async Task A_short_sleep_ends_without_anybodys_help()
    {
        var runId = await _saga.StartPlanAsync("""{"nodes":[{"name":"rest","sleep":"PT0.1S"}]}""");

        (await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId)).RunId.ShouldBe(runId);
    }

    [Theory]
    [InlineData("""{"nodes":[{"name":"x","sleep":"PT1H"}]}""")]
    [InlineData("""{"nodes":[{"name":"x","signal":"go"}]}""")]
    [InlineData("""{"nodes":[{"name":"x","signal":{"name":"go","timeout":"PT1H"}}]}""")]
    [InlineData("""{"nodes":[{"name":"x","map":{"over":[1,2],"maxConcurrency":1,"nodes":[{"name":"rest","sleep":"PT1H"}]}}]}""")]
    public async Task A_cancel_ends_at_once_what_only_waits(string plan)
    {
        var runId = await _saga.StartPlanAsync(plan);
        await _saga.HandleAsync(new CancelProvisioning { RunId = runId });

        (await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId)).Reason.ShouldBe("cancelled");
        (await _saga.IsAnythingToBeWokenAsync()).ShouldBeFalse();
        _saga.SentSoFar<CompensateStep>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancel_between_two_attempts_ends_at_once()
    {
        var runId = await _saga.StartPlanAsync("""{"nodes":[{"name":"a","step":"echo","retry":{"initial":"PT1H","max":"PT1H"}}]}""");
        await _saga.ThrowAsync(await _saga.ExecuteOfAsync(runId, "a"));
        await _saga.HandleAsync(new CancelProvisioning { RunId = runId });

        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);
        (await _saga.RowAsync(runId, "a")).Status.ShouldBe("failed");
        (await _saga.IsAnythingToBeWokenAsync()).ShouldBeFalse();
    }

    // What begins to wait and what fails may be one decision.
    [Theory]
    [InlineData("""{"name":"x","sleep":"PT1H"}""")]
    [InlineData("""{"name":"x","signal":{"name":"go","timeout":"PT1H"}}""")]
    [InlineData("""{"name":"x","map":{"over":[1,2],"nodes":[{"name":"rest","sleep":"PT1H"}]}}""")]
    public async Task A_failure_at_the_same_time_leaves_nothing_to_be_woken(string waits)
    {
        var runId = await _saga.StartPlanAsync($$$"""{"nodes":[{{{waits}}},{"name":"bad","step":"echo","input":{"$ref":"input/none"}}]}""");

        (await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId)).Reason.ShouldBe("step_failed:echo");
        (await _saga.IsAnythingToBeWokenAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_compensation_is_told_the_output_that_the_same_message_brought()
    {
        var runId = await _saga.StartRunAsync("echo");
        var inFlight = await _saga.ExecuteOfAsync(runId, "echo-0");
        await _saga.HandleAsync(new CancelProvisioning { RunId = runId });
        await _saga.CompleteAsync(inFlight, """{"id":7}""");

        var compensate = await _saga.CompensateOfAsync(runId, "echo-0");

        compensate.Output.Compact().ShouldBe("""{"id":7}""");
        compensate.Context.GetProperty("echoed_at_step_0").GetString().ShouldBe("hello");
        compensate.Input.Compact().ShouldBe("""{"message":"hello"}""");
    }

    [Fact]
    public async Task Items_are_laid_out_and_take_their_turns()
    {
        var runId = await _saga.StartPlanAsync(
            """{"nodes":[{"name":"m","map":{"over":{"$ref":"input"},"maxConcurrency":1,"nodes":[{"name":"s","step":"echo"}]}}]}""", """["a","b"]""");
        var rows = await _saga.LedgerAsync(runId);
        rows.Select(row => (row.Name, row.Status, row.Input)).ShouldBe(
            [("m", "running", null), ("m[0]", "running", "\"a\""), ("m[0]/s", "running", "\"a\""), ("m[1]", "pending", "\"b\"")], ignoreOrder: true);
        (rows.Single(row => row.Name == "m[1]").StartedAt is null).ShouldBeTrue();

        foreach (var item in new[] { "a", "b" })
        {
            var command = await _saga.ExecuteOfAsync(runId, item == "a" ? "m[0]/s" : "m[1]/s");
            command.Input.GetString().ShouldBe(item);
            await _saga.CompleteAsync(command, $"\"{item}!\"");
        }

        (await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId)).Output.Compact().ShouldBe("""["a!","b!"]""");
        (await _saga.LedgerAsync(runId)).ShouldAllBe(row => row.Status == "completed" && row.StartedAt != null && row.CompletedAt != null);
        (await _saga.RowAsync(runId, "m[1]/s")).Output.ShouldBe("\"b!\"");
    }

    [Fact]
    public async Task The_items_of_a_map_are_compensated_with_their_own_input()
    {
        var runId = await _saga.StartPlanAsync(
            """{"nodes":[{"name":"m","map":{"over":{"$ref":"input"},"nodes":[{"name":"s","step":"echo"}]}}]}""", """["a","b"]""");
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "m[1]/s"), "1");
        await _saga.FailAsync(await _saga.ExecuteOfAsync(runId, "m[0]/s"));

        var compensate = await _saga.CompensateOfAsync(runId, "m[1]/s");
        compensate.Input.GetString().ShouldBe("b");
        await _saga.CompensateAsync(compensate);

        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);
        (await _saga.LedgerAsync(runId)).ToDictionary(row => row.Name, row => row.Status).ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["m"] = "compensated",
            ["m[0]"] = "compensated",
            ["m[0]/s"] = "failed",
            ["m[1]"] = "compensated",
            ["m[1]/s"] = "compensated",
        }, ignoreOrder: true);
    }

    [Fact]
    public async Task What_a_route_passes_by_is_told_as_skipped()
    {
        var runId = await _saga.StartPlanAsync("""
            {"nodes":[{"name":"r","route":{
              "cases":[{"name":"large","when":{">":[{"var":"input.size"},10]},"nodes":[{"name":"big","step":"echo"}]}],
              "default":{"nodes":[{"name":"small","step":"echo"}]}}}]}
            """, """{"size":3,"message":"hello"}""");
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "r/default/small"), "1");

        (await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId)).Output.Compact().ShouldBe("1");
        var big = await _saga.RowAsync(runId, "r/large/big");
        (big.Status, big.Attempts, big.StartedAt is null, big.CompletedAt is null).ShouldBe(("skipped", 0, true, false));
        _saga.SentSoFar<ExecuteStep>().Count.ShouldBe(1);
    }
}
