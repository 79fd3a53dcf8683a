using System.Text.Json;
using Saga.Contracts;
using Saga.StateMachines.Children;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_a_run_has_children : IAsyncLifetime
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
    public async Task The_child_runs_and_its_output_is_the_nodes()
    {
        var runId = await _saga.StartPlanAsync(Parent);
        var childId = await _saga.ChildOfAsync(runId, "tenant");
        var work = await _saga.ExecuteOfAsync(childId, "work");
        work.Input.GetProperty("message").GetString().ShouldBe("hello child");
        (await _saga.RowAsync(runId, "tenant")).ChildRunId.ShouldBe(childId);
        var child = (await _saga.RunAsync(childId))!;
        (child.ParentRunId, child.ParentNodeIndex, child.ParentNode, child.Kind, child.DefinitionVersion).ShouldBe((runId, 0, "tenant", "network", 1));

        await _saga.CompleteAsync(work, """{"id":"t-1"}""");
        var after = await _saga.ExecuteOfAsync(runId, "after");
        after.Input.GetProperty("message").GetString().ShouldBe("t-1");
        await _saga.CompleteAsync(after);

        await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId);
        (await _saga.RowAsync(runId, "tenant")).Output.Compact().ShouldBe("""{"id":"t-1"}""");
    }

    [Fact]
    public async Task A_child_that_fails_fails_its_node()
    {
        var runId = await _saga.StartPlanAsync(Parent);
        await _saga.FailAsync(await _saga.ExecuteOfAsync(await _saga.ChildOfAsync(runId, "tenant"), "work"));

        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);
        var row = await _saga.RowAsync(runId, "tenant");
        (row.Status, row.ErrorCode).ShouldBe(("failed", "child_rolled_back"));
    }

    [Fact]
    public async Task How_a_child_ended_may_be_data()
    {
        var runId = await _saga.StartPlanAsync("""{"nodes":[{"name":"tenant","child":{"kind":"network","join":"settled"}}]}""");
        var childId = await _saga.ChildOfAsync(runId, "tenant");
        await _saga.FailAsync(await _saga.ExecuteOfAsync(childId, "work"));

        var output = (await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId)).Output!.Value;
        (output.GetProperty("status").GetString(), output.GetProperty("runId").GetGuid()).ShouldBe(("rolled_back", childId));
        output.GetProperty("error").GetProperty("reason").GetString().ShouldBe("step_failed:echo");
    }

    [Fact]
    public async Task A_child_of_an_unknown_kind_is_refused_before_anything_begins()
    {
        var runId = await _saga.StartPlanAsync("""{"nodes":[{"name":"tenant","child":{"kind":"netwerk"}}]}""");

        var error = (await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == runId)).Errors.ShouldHaveSingleItem();
        error.Code.ShouldBe("unknown_definition");
        error.Message.ShouldContain("`network`");
        (await _saga.RunAsync(runId)).ShouldBeNull();
    }

    // Too much for a start, but nobody could know before the node got it.
    [Fact]
    public async Task A_child_that_may_not_begin_fails_its_node()
    {
        var runId = await _saga.StartPlanAsync(Parent);
        var childId = await _saga.ChildOfAsync(runId, "tenant");
        await _saga.ExecuteOfAsync(childId, "work");
        await _saga.HandleAsync(new ChildRefused { RunId = runId, NodeIndex = 0, Code = "input_too_large", Message = "Too much." });

        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);
        var row = await _saga.RowAsync(runId, "tenant");
        (row.Status, row.ErrorCode, row.ErrorMessage).ShouldBe(("failed", "input_too_large", "Too much."));
    }

    [Fact]
    public async Task A_refused_start_of_a_child_is_told_to_its_parent_and_leaves_nothing()
    {
        var (parent, child) = (Guid.NewGuid(), Guid.NewGuid());
        await _saga.HandleAsync(new StartProvisioning
        {
            RunId = child,
            Kind = "nothing",
            Parent = new ParentRun { RunId = parent, NodeIndex = 3, Node = "n" },
        });

        var refused = _saga.SentSoFar<ChildRefused>().ShouldHaveSingleItem();
        (refused.RunId, refused.NodeIndex, refused.Code).ShouldBe((parent, 3, "unknown_definition"));
        (await _saga.RunAsync(child)).ShouldBeNull();
    }

    [Fact]
    public async Task The_plan_of_a_child_is_read_by_the_rules_under_which_its_parent_was_accepted()
    {
        var (parent, child) = (Guid.NewGuid(), Guid.NewGuid());
        var start = new StartProvisioning
        {
            RunId = child,
            Plan = JsonElement.Parse("""{"nodes":[{"name":"s","signal":{"names":[".","go"]}},{"name":"l","constant":[1]},{"name":"p","sleep":{"until":{"$ref":"l/00"} } }]}"""),
        };
        await _saga.HandleAsync(start);
        (await _saga.RunAsync(child)).ShouldBeNull();

        await _saga.HandleAsync(start with { Parent = new ParentRun { RunId = parent, NodeIndex = 3, Node = "n" } });
        (await _saga.RunAsync(child)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_repeat_of_the_start_makes_an_ended_child_tell_again()
    {
        var runId = await _saga.StartPlanAsync(Parent);
        var childId = await _saga.ChildOfAsync(runId, "tenant");
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(childId, "work"));
        await _saga.ExecuteOfAsync(runId, "after");

        await _saga.HandleAsync(_saga.SentSoFar<StartProvisioning>().Single(start => start.RunId == childId));

        var told = _saga.SentSoFar<ChildEnded>();
        told.Select(ended => (ended.RunId, ended.ChildRunId, ended.Status)).ShouldBe([(runId, childId, "completed"), (runId, childId, "completed")]);
        await _saga.ConsumedAsync<ChildEnded>(2);
        _saga.SentSoFar<ExecuteStep>().Count(command => command.Node == "after").ShouldBe(1);
    }

    [Fact]
    public async Task The_end_of_a_run_that_is_no_child_of_the_node_means_nothing()
    {
        var runId = await _saga.StartPlanAsync(Parent);
        await _saga.ChildOfAsync(runId, "tenant");
        await _saga.HandleAsync(new ChildEnded { RunId = runId, NodeIndex = 1, ChildRunId = Guid.NewGuid(), Status = "completed" });

        (await _saga.RowAsync(runId, "tenant")).Status.ShouldBe("running");
    }

    [Fact]
    public async Task A_cancel_reaches_grandchildren_and_comes_back()
    {
        await _saga.RegisterAsync("outer", 1, """{"nodes":[{"name":"inner","child":{"plan":{"nodes":[{"name":"gate","signal":"go"}]}}}]}""");
        var runId = await _saga.StartPlanAsync("""{"nodes":[{"name":"tenant","child":{"kind":"outer"}}]}""");
        var childId = await _saga.ChildOfAsync(runId, "tenant");
        var grandchildId = await _saga.ChildOfAsync(childId, "inner");
        await _saga.PublishedAsync<ProvisioningStarted>(started => started.RunId == grandchildId);

        await _saga.HandleAsync(new CancelProvisioning { RunId = runId });

        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);
        foreach (var id in new[] { runId, childId, grandchildId })
            (await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == id)).Reason.ShouldBe("cancelled");
        (await _saga.RunAsync(grandchildId))!.StopRequestedBy.ShouldBe("parent");
    }

    [Fact]
    public async Task A_grandchild_hands_its_output_up()
    {
        await _saga.RegisterAsync("outer", 1, """{"nodes":[{"name":"inner","child":{"plan":{"nodes":[{"name":"gate","signal":"go"}],"output":{"$ref":"gate/payload"}}}}]}""");
        var runId = await _saga.StartPlanAsync("""{"nodes":[{"name":"tenant","child":{"kind":"outer"}}]}""");
        var grandchildId = await _saga.ChildOfAsync(await _saga.ChildOfAsync(runId, "tenant"), "inner");
        await _saga.PublishedAsync<ProvisioningStarted>(started => started.RunId == grandchildId);
        await _saga.SignalAsync(grandchildId, "go", "17");

        (await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId)).Output.Compact().ShouldBe("17");
    }

    // The start of a child and the cancel of its parent are two messages, and the second may be handled first.
    [Fact]
    public async Task A_cancel_that_overtakes_the_start_of_the_child_waits_for_it()
    {
        var childId = Guid.NewGuid();
        await _saga.SendAsync(new CancelProvisioning { RunId = childId, By = "parent" });
        await _saga.SendAsync(new StartProvisioning { RunId = childId, Plan = JsonElement.Parse("""{"nodes":[{"name":"gate","signal":"go"}]}""") });

        (await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == childId)).Reason.ShouldBe("cancelled");
        _saga.PublishedSoFar<ProvisioningRejected>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_child_that_is_started_after_its_parent_stopped_ends_before_it_begins()
    {
        var runId = await _saga.StartRunAsync("echo");
        await _saga.ExecuteOfAsync(runId, "echo-0");
        await _saga.HandleAsync(new CancelProvisioning { RunId = runId });
        var childId = Guid.NewGuid();
        await _saga.HandleAsync(new StartProvisioning
        {
            RunId = childId,
            Kind = "network",
            Parent = new ParentRun { RunId = runId, NodeIndex = 0, Node = "echo-0" },
        });

        (await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == childId)).Reason.ShouldBe("cancelled");
        _saga.SentSoFar<ChildEnded>().ShouldHaveSingleItem().Status.ShouldBe("rolled_back");
        _saga.SentSoFar<ExecuteStep>().ShouldHaveSingleItem().RunId.ShouldBe(runId);
    }
}
