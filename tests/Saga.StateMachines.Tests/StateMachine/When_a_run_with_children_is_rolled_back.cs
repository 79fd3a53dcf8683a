using Saga.Contracts;
using Saga.StateMachines.Children;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_a_run_with_children_is_rolled_back : IAsyncLifetime
{
    private const string Child = """{"nodes":[{"name":"work","step":"echo"}]}""";

    private const string Parent = """
        {"nodes":[
          {"name":"tenant","child":{"kind":"network","input":{"message":"${input/message} child"}}},
          {"name":"after","step":"echo","dependsOn":["tenant"],"input":{"message":{"$ref":"tenant/id"}}}]}
        """;

    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync()
    {
        _saga = await ProvisioningHarness.StartAsync();
        await _saga.RegisterAsync("network", 1, Child);
    }

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Fact]
    public async Task What_a_parent_takes_back_its_child_takes_back()
    {
        var runId = await _saga.StartPlanAsync(Parent);
        var childId = await _saga.ChildOfAsync(runId, "tenant");
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(childId, "work"), """{"id":"t-1"}""");
        await _saga.FailAsync(await _saga.ExecuteOfAsync(runId, "after"));
        var compensate = await _saga.CompensateOfAsync(childId, "work");
        (await _saga.RowAsync(runId, "tenant")).Status.ShouldBe("compensating");
        compensate.Reason.ShouldBe("rollback_requested");
        await _saga.CompensateAsync(compensate);

        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);
        (await _saga.RowAsync(runId, "tenant")).Status.ShouldBe("compensated");
        (await _saga.RunAsync(childId))!.CurrentState.ShouldBe("RolledBack");
    }

    [Fact]
    public async Task A_child_that_was_rolled_back_says_so_when_its_parent_asks_again()
    {
        var runId = await _saga.StartPlanAsync(Parent);
        var childId = await _saga.ChildOfAsync(runId, "tenant");
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(childId, "work"));
        await _saga.FailAsync(await _saga.ExecuteOfAsync(runId, "after"));
        await _saga.CompensateAsync(await _saga.CompensateOfAsync(childId, "work"));
        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);

        await _saga.HandleAsync(_saga.SentSoFar<RollBackProvisioning>().Single(command => command.RunId == childId));

        await _saga.ConsumedAsync<ChildEnded>(3);
        _saga.SentSoFar<ChildEnded>().Select(ended => ended.Status).ShouldBe(["completed", "rolled_back", "rolled_back"]);
        _saga.PublishedSoFar<ProvisioningRejected>().ShouldBeEmpty();
    }

    // Whatever the name in `by`: the parent is known by what it has asked for, and `parent` is a name that anybody may give.
    [Theory]
    [InlineData(null)]
    [InlineData("parent")]
    public async Task A_completed_child_is_not_rolled_back_by_itself(string? by)
    {
        var runId = await _saga.StartPlanAsync(Parent);
        var childId = await _saga.ChildOfAsync(runId, "tenant");
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(childId, "work"));
        var after = await _saga.ExecuteOfAsync(runId, "after");

        await _saga.HandleAsync(new RollBackProvisioning { RunId = childId, By = by });
        var whileItRuns = await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == childId);
        await _saga.CompleteAsync(after);
        await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId);
        await _saga.HandleAsync(new RollBackProvisioning { RunId = childId, By = by });

        whileItRuns.Command.ShouldBe("RollBackProvisioning");
        whileItRuns.Errors.ShouldHaveSingleItem().Code.ShouldBe("child_of_run");
        whileItRuns.Errors[0].Message.ShouldEndWith($"Cancel run {runId}.");
        var rejected = _saga.PublishedSoFar<ProvisioningRejected>();
        rejected.Count.ShouldBe(2);
        rejected[1].Errors.ShouldHaveSingleItem().Message.ShouldBe(
            $"Run {childId} is the child of node `tenant` of run {runId}, which is completed. "
            + $"A child is rolled back with its parent, and by itself only after that has ended `rolled_back` or `failed`. Roll run {runId} back.");
        (await _saga.RunAsync(childId))!.CurrentState.ShouldBe("Completed");
        _saga.SentSoFar<CompensateStep>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_completed_child_is_rolled_back_with_its_completed_parent()
    {
        var runId = await _saga.StartPlanAsync(Parent);
        var childId = await _saga.ChildOfAsync(runId, "tenant");
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(childId, "work"));
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "after"));
        await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId);

        await _saga.HandleAsync(new RollBackProvisioning { RunId = runId });
        await _saga.CompensateAsync(await _saga.CompensateOfAsync(runId, "after"));
        await _saga.CompensateAsync(await _saga.CompensateOfAsync(childId, "work"));

        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);
        (await _saga.RunAsync(childId))!.CurrentState.ShouldBe("RolledBack");
    }

    // The parent gave the child up, so nobody but the caller would ever take back what it did.
    [Fact]
    public async Task A_child_that_completed_after_its_parent_had_ended_can_be_rolled_back_by_itself()
    {
        var runId = await _saga.StartPlanAsync(Parent);
        var childId = await _saga.ChildOfAsync(runId, "tenant");
        var work = await _saga.ExecuteOfAsync(childId, "work");
        await _saga.HandleAsync(new ChildRefused { RunId = runId, NodeIndex = 0, Code = "input_too_large", Message = "Too much." });
        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);
        await _saga.CompleteAsync(work);
        await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == childId);

        await _saga.HandleAsync(new RollBackProvisioning { RunId = childId });
        await _saga.CompensateAsync(await _saga.CompensateOfAsync(childId, "work"));

        (await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == childId)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_a_child_could_not_take_back_shows_at_its_parent()
    {
        var runId = await _saga.StartPlanAsync(Parent);
        var childId = await _saga.ChildOfAsync(runId, "tenant");
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(childId, "work"));
        await _saga.FailAsync(await _saga.ExecuteOfAsync(runId, "after"));
        await _saga.FailToCompensateAsync(await _saga.CompensateOfAsync(childId, "work"));

        (await _saga.PublishedAsync<ProvisioningFailed>(ended => ended.RunId == runId)).NotCompensated.ShouldBe(["tenant"]);
    }
}
