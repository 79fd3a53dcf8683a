using Saga.Contracts;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_a_run_keeps_many_signals : IAsyncLifetime
{
    private const string Gate = """
        {"nodes":[{"name":"first","step":"echo"},{"name":"gate","dependsOn":["first"],"signal":{"names":["go","stop"],"timeout":"PT1H"}}]}
        """;

    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync() => _saga = await ProvisioningHarness.StartAsync();

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Fact]
    public async Task One_more_is_refused_with_the_reason()
    {
        var runId = await _saga.StartPlanAsync(Gate);
        await _saga.ExecuteOfAsync(runId, "first");
        await _saga.FillInboxAsync(runId);

        await _saga.SignalAsync(runId, "go");

        var refused = await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == runId);
        refused.Command.ShouldBe("SignalProvisioning");
        var error = refused.Errors.ShouldHaveSingleItem();
        (error.Pointer, error.Code).ShouldBe(("/runId", "inbox_full"));
        error.Message.ShouldBe($"1,000 signals of run {runId} wait to be taken, and no node waits for `go` now, so it is not kept. A run keeps at most 1,000. "
            + "Send it again when a node waits for it, or when some of the others have been taken.");
        (await _saga.SignalsAsync(runId)).ShouldBeEmpty();
    }
}
