using System.Globalization;
using System.Text.Json;
using Saga.Contracts;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_values_are_needed_again : IAsyncLifetime
{
    private const string Chain = """
        {"nodes":[
          {"name":"a","step":"echo","input":{"message":"first"}},
          {"name":"b","step":"echo","input":{"message":"second"},"dependsOn":["a"]},
          {"name":"c","step":"echo","input":{"message":{"$ref":"a/text"}},"dependsOn":["b"]}]}
        """;

    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync() => _saga = await ProvisioningHarness.StartAsync();

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Fact]
    public async Task What_a_step_returned_is_not_read_from_the_ledger()
    {
        var runId = await _saga.StartPlanAsync(Chain);
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "a"), """{"text":"from a"}""");
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "b"));

        (await _saga.ExecuteOfAsync(runId, "c")).Input.GetRawText().ShouldBe("""{"message":"from a"}""");
        _saga.LedgerReads.Count.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_too_large_to_remember_is_read()
    {
        var large = new string('x', 20_000);
        var runId = await _saga.StartPlanAsync(Chain);
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "a"), JsonSerializer.Serialize(new { text = large }));
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "b"));

        (await _saga.ExecuteOfAsync(runId, "c")).Input.GetProperty("message").GetString().ShouldBe(large);
        _saga.LedgerReads.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_remembered_is_not_lost_by_reading_what_was_not()
    {
        // Each can be remembered, but not both.
        var (one, other) = (new string('1', 9_000), new string('2', 10_000));
        var runId = await _saga.StartPlanAsync("""
            {"nodes":[
              {"name":"a","step":"echo","input":{"message":"first"}},
              {"name":"b","step":"echo","input":{"message":"second"},"dependsOn":["a"]},
              {"name":"c","step":"echo","input":{"message":"third"},"dependsOn":["b"]},
              {"name":"d","step":"echo","input":{"message":{"$ref":"a/text"},"more":{"$ref":"b/text"}},"dependsOn":["c"]}]}
            """);
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "a"), JsonSerializer.Serialize(new { text = one }));
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "b"), JsonSerializer.Serialize(new { text = other }));
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "c"));

        var input = (await _saga.ExecuteOfAsync(runId, "d")).Input;
        (input.GetProperty("message").GetString()?.Length, input.GetProperty("more").GetString()?.Length).ShouldBe((one.Length, other.Length));
    }

    [Fact]
    public async Task What_a_step_returned_is_handed_to_its_compensation()
    {
        var runId = await _saga.StartPlanAsync(Chain);
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "a"), """{"text":"from a"}""");
        await _saga.FailAsync(await _saga.ExecuteOfAsync(runId, "b"));

        (await _saga.CompensateOfAsync(runId, "a")).Output!.Value.GetProperty("text").GetString().ShouldBe("from a");
    }

    [Fact]
    public async Task A_compensation_that_is_tried_again_is_handed_what_was_too_large_to_remember()
    {
        var large = new string('x', 20_000);
        var runId = await _saga.StartPlanAsync("""
            {"nodes":[{"name":"a","step":"echo","compensation":{"retry":{"maxAttempts":2,"initial":"PT1H","max":"PT1H"}}}]}
            """);
        var execute = await _saga.ExecuteOfAsync(runId, "a");
        await _saga.HandleAsync(new CancelProvisioning { RunId = runId });

        // The message that stores it asks for it again.
        await _saga.CompleteAsync(execute, JsonSerializer.Serialize(new { text = large }));
        var first = await _saga.CompensateOfAsync(runId, "a");
        await _saga.FailToCompensateAsync(first, retryable: true);
        await _saga.WakeAsync(await _saga.RowAsync(runId, "a"));

        var second = await _saga.CompensateAgainAsync(first);
        first.Output!.Value.GetProperty("text").GetString().ShouldBe(large);
        second.Output!.Value.GetProperty("text").GetString().ShouldBe(large);
    }

    [Fact]
    public async Task A_resumed_step_that_is_tried_again_has_its_signals_after_a_restart()
    {
        var runId = await _saga.StartPlanAsync("""{"nodes":[{"name":"a","step":"echo","retry":{"initial":"PT1H","max":"PT1H"}}]}""");
        var first = await _saga.ExecuteOfAsync(runId, "a");
        await _saga.AwaitAsync(first, ["approved"], snapshot: "1");
        _saga = await _saga.RestartAsync();

        await _saga.SignalAsync(runId, "approved");
        var resumed = await _saga.ExecuteAgainAsync(first);
        await _saga.ThrowAsync(resumed);
        await _saga.WakeAsync(await _saga.RowAsync(runId, "a"));

        var again = await _saga.ExecuteAgainAsync(resumed);
        resumed.Resumption!.Signals.ShouldHaveSingleItem().Name.ShouldBe("approved");
        again.Resumption!.Signals.ShouldHaveSingleItem().Name.ShouldBe("approved");
        again.Resumption.Snapshot!.Value.GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Items_of_a_long_list_are_read_many_at_a_time()
    {
        const int items = 200;
        var list = Enumerable.Range(0, items).Select(item => item.ToString(CultureInfo.InvariantCulture).PadRight(200, '.'));
        var runId = await _saga.StartPlanAsync(
            """
            {"nodes":[{"name":"all","map":{"over":{"$ref":"input/list"},"maxConcurrency":1,"nodes":[
              {"name":"one","step":"echo","input":{"message":{"$ref":"item"}}}]}}]}
            """,
            JsonSerializer.Serialize(new { list }));

        for (var item = 0; item < items; item++)
        {
            var execute = await _saga.ExecuteOfAsync(runId, $"all[{item}]/one");
            execute.Input.GetProperty("message").GetString()!.TrimEnd('.').ShouldBe(item.ToString(CultureInfo.InvariantCulture));
            await _saga.CompleteAsync(execute);
        }

        await _saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == runId);
        _saga.LedgerReads.Count.ShouldBeInRange(2, items / 10);
    }
}
