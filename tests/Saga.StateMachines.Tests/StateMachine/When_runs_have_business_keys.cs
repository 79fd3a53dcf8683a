using Saga.Contracts;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_runs_have_business_keys : IAsyncLifetime
{
    private const string Key = "order-7";

    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync() => _saga = await ProvisioningHarness.StartAsync();

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Fact]
    public async Task A_second_live_one_is_refused_and_told_who_has_the_key()
    {
        var first = await StartAsync();
        var second = await StartAsync();

        var error = (await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == second)).Errors.ShouldHaveSingleItem();
        (error.Code, error.Pointer).ShouldBe(("key_occupied", "/correlationKey"));
        error.Message.ShouldContain(first.ToString());
        (await _saga.RunAsync(second)).ShouldBeNull();
    }

    [Fact]
    public async Task The_key_is_free_again_after_the_end()
    {
        var first = await StartAsync();
        await _saga.CompleteAllAsync(first, "echo-0");
        await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == first);
        var second = await StartAsync();

        (await _saga.PublishedAsync<ProvisioningAccepted>(accepted => accepted.RunId == second)).RunId.ShouldBe(second);
        var run = (await _saga.RunAsync(first))!;
        (run.CorrelationKey, run.HeldKey).ShouldBe((Key, null));
    }

    [Fact]
    public async Task One_that_walks_back_keeps_the_key_until_it_has_ended()
    {
        var first = await StartAsync();
        var step = await _saga.ExecuteOfAsync(first, "echo-0");
        await _saga.HandleAsync(new CancelProvisioning { RunId = first });
        await _saga.CompleteAsync(step);
        var compensate = await _saga.CompensateOfAsync(first, "echo-0");
        var second = await StartAsync();
        (await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == second)).Errors.ShouldHaveSingleItem().Code.ShouldBe("key_occupied");

        await _saga.CompensateAsync(compensate);
        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == first);

        var third = await StartAsync();
        (await _saga.PublishedAsync<ProvisioningAccepted>(accepted => accepted.RunId == third)).RunId.ShouldBe(third);
    }

    [Fact]
    public async Task A_repeat_of_the_start_of_one_that_gave_its_key_up_changes_nothing()
    {
        var first = await StartAsync();
        await _saga.CompleteAllAsync(first, "echo-0");
        await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == first);
        await StartAsync();
        var before = (await _saga.RunAsync(first))!.Version;

        await StartAsync(first);

        _saga.PublishedSoFar<ProvisioningRejected>().ShouldBeEmpty();
        (await _saga.RunAsync(first))!.Version.ShouldBe(before);
    }

    [Fact]
    public async Task It_may_keep_the_key_when_it_has_completed_until_it_is_rolled_back()
    {
        var first = await StartAsync(scope: ["pending", "running", "completed"]);
        await _saga.CompleteAllAsync(first, "echo-0");
        await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == first);
        var second = await StartAsync();
        await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == second);

        await _saga.HandleAsync(new RollBackProvisioning { CorrelationKey = Key });
        await _saga.CompensateAsync(await _saga.CompensateOfAsync(first, "echo-0"));
        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == first);

        var third = await StartAsync();
        (await _saga.PublishedAsync<ProvisioningAccepted>(accepted => accepted.RunId == third)).RunId.ShouldBe(third);
    }

    // Both look before the other has committed, so only the unique index can tell them apart.
    [Fact]
    public async Task Of_many_that_start_at_once_exactly_one_becomes_a_run()
    {
        var ids = Enumerable.Range(0, 8).Select(_ => Guid.NewGuid()).ToList();
        await Task.WhenAll(ids.Select(id => StartAsync(id)));

        var accepted = _saga.PublishedSoFar<ProvisioningAccepted>().ShouldHaveSingleItem().RunId;
        var rejected = _saga.PublishedSoFar<ProvisioningRejected>();
        rejected.Select(refusal => refusal.RunId).ShouldBe(ids.Except([accepted]), ignoreOrder: true);
        rejected.ShouldAllBe(refusal => refusal.Errors.Single().Code == "key_occupied" && refusal.Errors.Single().Message.Contains(accepted.ToString()));
        _saga.SentSoFar<ExecuteStep>().ShouldHaveSingleItem().RunId.ShouldBe(accepted);
    }

    [Fact]
    public async Task A_cancel_finds_its_run_by_the_key()
    {
        var runId = Guid.NewGuid();
        await _saga.HandleAsync(new StartProvisioning
        {
            RunId = runId,
            Plan = System.Text.Json.JsonElement.Parse("""{"nodes":[{"name":"rest","sleep":"PT1H"}]}"""),
            CorrelationKey = Key,
        });

        await _saga.HandleAsync(new CancelProvisioning { CorrelationKey = Key, By = "ann" });

        (await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId)).Reason.ShouldBe("cancelled");
        (await _saga.RunAsync(runId))!.StopRequestedBy.ShouldBe("ann");
    }

    [Fact]
    public async Task The_latest_is_meant_when_several_had_the_key()
    {
        var first = await StartAsync();
        await _saga.CompleteAllAsync(first, "echo-0");
        await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == first);
        var second = await StartAsync();

        await _saga.HandleAsync(new SignalProvisioning { CorrelationKey = Key, Name = "go" });

        (await _saga.SignalsAsync(second)).ShouldHaveSingleItem();
        _saga.PublishedSoFar<ProvisioningRejected>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancel_or_a_rollback_by_a_key_that_nobody_has_is_refused()
    {
        await _saga.HandleAsync(new CancelProvisioning { CorrelationKey = "order-8" });
        await _saga.HandleAsync(new RollBackProvisioning { CorrelationKey = "order-9" });
        await _saga.HandleAsync(new RollBackProvisioning());

        var rejected = _saga.PublishedSoFar<ProvisioningRejected>();
        rejected.Select(refusal => (refusal.Command, refusal.Errors.Single().Pointer)).ShouldBe(
            [("CancelProvisioning", "/correlationKey"), ("RollBackProvisioning", "/correlationKey"), ("RollBackProvisioning", "/runId")]);
        rejected[0].Errors[0].Message.ShouldContain("`order-8`");
    }

    [Fact]
    public async Task Keys_that_cannot_be_kept_are_refused_with_every_reason()
    {
        var runId = Guid.NewGuid();
        await _saga.HandleAsync(ProvisioningHarness.StartOf(runId, "echo") with { CorrelationKey = "a\0b", CorrelationScope = ["running", "asleep"] });

        (await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == runId)).Errors.Select(error => (error.Pointer, error.Code))
            .ShouldBe([("/correlationKey", "invalid_correlation_key"), ("/correlationScope/1", "unknown_status")]);
    }

    private async Task<Guid> StartAsync(Guid? id = null, string[]? scope = null)
    {
        var runId = id ?? Guid.NewGuid();
        await _saga.HandleAsync(ProvisioningHarness.StartOf(runId, "echo") with { CorrelationKey = Key, CorrelationScope = scope });
        return runId;
    }
}
