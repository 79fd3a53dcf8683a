using Saga.Cli.Api;

namespace Saga.Cli.Demo;

/// <summary>What the demonstration shows, in order.</summary>
internal static class DemoStory
{
    private const string Hello = """{"message":"hello"}""";
    private const string HelloSlowly = """{"message":"hello","delay":"PT1.5S"}""";

    public static string WhatNext(string saga) => $$$"""

        That was everything in one process; its data is deleted. What to try next:

          {{{saga}}} server                          a server that stays, with its data in ./data
          {{{saga}}} start echo echo fail --input '{"message":"hello"}' --watch
          {{{saga}}} list                            and show, watch, cancel, rollback
          curl -s http://127.0.0.1:5080/api/runs -H 'content-type: application/json' \
               -d '{"steps":["echo","delay"],"input":{"message":"hello"}}'
          {{{saga}}} --help
        """;

    public static async Task PlayAsync(DemoStage stage, CancellationToken cancellation)
    {
        Run completed = await AllGoesWellAsync(stage, cancellation);
        await AStepFailsAsync(stage, cancellation);
        await SomebodyCancelsAsync(stage, cancellation);
        await ACompletedRunIsRolledBackAsync(stage, completed, cancellation);
    }

    private static async Task<Run> AllGoesWellAsync(DemoStage stage, CancellationToken cancellation)
    {
        stage.Announce("1. Three steps, one after the other. Each is sent to a worker, and the ledger records what it answered.");
        Answer<Run> started = await stage.StartAsync(["echo", "echo", "echo"], Hello, cancellation);
        Run run = await stage.PlayAsync(started, RunStatus.Completed, cancellation);
        stage.Say($"What the steps shared (the run's context): {(run.Context is { } context ? Json.OnOneLine(context) : "nothing")}");
        return run;
    }

    private static async Task AStepFailsAsync(DemoStage stage, CancellationToken cancellation)
    {
        stage.Announce("2. The third step fails: the two before it are compensated, the last one first.");
        Answer<Run> started = await stage.StartAsync(["echo", "echo", "fail"], Hello, cancellation);
        Run run = await stage.PlayAsync(started, RunStatus.RolledBack, cancellation);
        stage.Say($"Why it was rolled back: {(run.Error is { } error ? Json.OnOneLine(error) : throw DemoStage.Broken(run.Id, "has no error"))}");
    }

    private static async Task SomebodyCancelsAsync(DemoStage stage, CancellationToken cancellation)
    {
        stage.Announce("3. Cancelled while its second step still works: that step finishes, nothing new starts, then all is compensated.");
        Answer<Run> started = await stage.StartAsync(["echo", "delay", "echo"], HelloSlowly, cancellation);
        bool asked = false;
        await stage.PlayAsync(started, RunStatus.RolledBack, cancellation, CancelDuringDelayAsync);

        async Task CancelDuringDelayAsync(Run run, CancellationToken cancellation)
        {
            if (asked || !run.Nodes.Any(node => node is { Step: "delay", Status: "running" }))
                return;

            asked = true;
            await stage.Api.AskAsync(run.Id, "cancel", new Operation { By = "demo", Reason = "to show it" }, cancellation);
        }
    }

    private static async Task ACompletedRunIsRolledBackAsync(DemoStage stage, Run completed, CancellationToken cancellation)
    {
        stage.Announce("4. The first run had completed. Now it is rolled back: everything it did is compensated.");
        Answer<Run> asked = await stage.Api.AskAsync(completed.Id, "rollback", new Operation { By = "demo", Reason = "to show it" }, cancellation);
        await stage.PlayAsync(asked, RunStatus.RolledBack, cancellation, isOver: status => RunStatus.IsEnd(status) && status != RunStatus.Completed);
    }
}
