using MassTransit;
using Saga.Contracts;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_a_start_arrives : IAsyncLifetime
{
    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync() => _saga = await ProvisioningHarness.StartAsync();

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Fact]
    public async Task Says_so_and_sends_the_first_step()
    {
        var runId = await _saga.StartRunAsync("echo", "echo");

        var command = await _saga.ExecuteOfAsync(runId, "echo-0");

        command.ShouldSatisfyAllConditions(
            () => command.Step.ShouldBe("echo"),
            () => command.NodeIndex.ShouldBe(0),
            () => command.Attempt.ShouldBe(1),
            () => command.IdempotencyKey.ShouldBe($"{runId:N}/echo-0/execute"),
            () => command.Input.GetProperty("message").GetString().ShouldBe("hello"));
        (await _saga.PublishedAsync<ProvisioningAccepted>(accepted => accepted.RunId == runId)).ShouldNotBeNull();
        (await _saga.PublishedAsync<ProvisioningStarted>(started => started.RunId == runId)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Is_one_run_when_it_arrives_twice()
    {
        var start = ProvisioningHarness.StartOf(Guid.NewGuid(), "echo");
        await Task.WhenAll(_saga.SendAsync(start), _saga.SendAsync(start));
        await _saga.ConsumedAsync<StartProvisioning>(2);

        _saga.SentSoFar<ExecuteStep>().Count(sent => sent.RunId == start.RunId).ShouldBe(1);
        _saga.PublishedSoFar<Fault<StartProvisioning>>().ShouldBeEmpty();
        (await _saga.LedgerAsync(start.RunId)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Is_refused_with_every_problem_when_its_plan_cannot_work()
    {
        var runId = await _saga.StartRunAsync("ecko", "echo", "No Such");

        var rejected = await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == runId);

        rejected.Command.ShouldBe("StartProvisioning");
        rejected.Errors.Select(error => (error.Pointer, error.Code)).ShouldBe([("/steps/2", "invalid_step_name")]);
        (await _saga.RunAsync(runId)).ShouldBeNull();
    }

    [Fact]
    public async Task Is_refused_with_what_to_do_when_no_step_was_announced_yet()
    {
        await _saga.ForgetStepsAsync();
        var runId = await _saga.StartRunAsync("ecko");

        (await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == runId)).Errors.ShouldHaveSingleItem().Message.ShouldBe(
            "No worker has ever announced a step `ecko`. A plan may only name announced steps. No step was announced yet. "
            + "Start a worker with the role `steps`, or wait for one that is running: it announces its steps every 10 seconds.");
    }

    [Fact]
    public async Task Is_refused_with_the_nearest_names_when_a_step_was_never_announced()
    {
        var runId = await _saga.StartRunAsync("ecko", "echo");

        var rejected = await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == runId);

        rejected.Errors.ShouldHaveSingleItem().Message.ShouldBe(
            "No worker has ever announced a step `ecko`. A plan may only name announced steps. Did you mean `echo`?");
        (await _saga.RunAsync(runId)).ShouldBeNull();
    }

    [Fact]
    public async Task Is_refused_when_its_input_is_too_large()
    {
        var start = ProvisioningHarness.StartOf(Guid.NewGuid(), "echo") with
        {
            Input = System.Text.Json.JsonSerializer.SerializeToElement(new string('x', (1024 * 1024) + 1)),
        };
        await _saga.SendAsync(start);

        var rejected = await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == start.RunId);

        rejected.Errors.ShouldHaveSingleItem().Code.ShouldBe("input_too_large");
    }
}
