using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Persistence;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

public sealed class When_a_message_cannot_be_handled
{
    [Fact]
    public async Task Its_run_the_list_and_health_say_so_until_it_is()
    {
        await using var worker = await EmbeddedWorker.StartAsync();
        var sound = await worker.StartRunAsync("""{"steps":["await-signal"],"input":{"signal":"go"}}""");
        var run = await worker.StartRunAsync("""{"steps":["await-signal"],"input":{"signal":"go"}}""");
        await worker.RunAsync(run, shown => shown.GetProperty("waitingOn").EnumerateArray().Any(wait => wait.Text("for") == "signal"));
        await BreakAsync(worker, run);

        await SignalAsync(worker, run);
        var fault = Fault(await FaultedAsync(worker, run));

        fault.GetProperty("node").ValueKind.ShouldBe(JsonValueKind.Null);
        fault.GetProperty("attempt").GetInt32().ShouldBeGreaterThan(0);
        fault.GetProperty("since").GetDateTimeOffset().ShouldBeLessThan(fault.GetProperty("until").GetDateTimeOffset());
        var message = fault.GetProperty("fault");
        message.Text("message").ShouldBe("SignalProvisioning");
        message.Text("queue").ShouldBe("saga-runs");
        message.Text("where").ShouldBe("outbox");
        message.Text("exception").ShouldBe("Microsoft.Data.Sqlite.SqliteException");
        message.Text("error")!.ShouldContain("UNIQUE constraint failed");
        (await ListedAsync(worker, "?faulted=true")).ShouldBe([(run, 1)]);
        (await ListedAsync(worker, "?faulted=false")).ShouldBe([(sound, 0)]);
        var (status, checks) = await HealthAsync(worker);
        status.ShouldBe(HttpStatusCode.OK);
        checks.GetProperty("faults").Text("status").ShouldBe("degraded");
        checks.GetProperty("faults").Text("description")!.ShouldStartWith("Messages that could not be handled: 1, the oldest since ");
        checks.GetProperty("outbox").Text("status").ShouldBe("healthy");

        await MendAsync(worker, run);
        await worker.EndedRunAsync(run, "completed");
        await worker.RunAsync(run, shown => shown.GetProperty("waitingOn").GetArrayLength() == 0);
        (await ListedAsync(worker, "?faulted=true")).ShouldBeEmpty();
        (await HealthAsync(worker)).Checks.GetProperty("faults").Text("status").ShouldBe("healthy");
    }

    [Theory]
    [InlineData("completed", "StepCompleted", false)]
    [InlineData("rolled_back", "StepCompensated", false)]
    [InlineData("rolled_back", "RollBackProvisioning", false)]
    [InlineData("completed", "RollBackProvisioning", true)]
    [InlineData("running", "StepCompleted", true)]
    public async Task One_that_was_given_up_is_moot_when_its_run_ends_by_other_means(string status, string message, bool isOpen)
    {
        await using var worker = await EmbeddedWorker.StartAsync();
        var run = await worker.StartRunAsync("""{"steps":["await-signal"],"input":{"signal":"go"}}""");
        await worker.RunAsync(run, shown => shown.GetProperty("waitingOn").EnumerateArray().Any(wait => wait.Text("for") == "signal"));
        await GiveUpAsync(worker, run, message);
        (await ListedAsync(worker, "?faulted=true")).ShouldBe([(run, 1)]);

        if (status == "completed")
            await SignalAsync(worker, run);
        else if (status == "rolled_back")
            (await worker.PostAsync($"/api/runs/{run}/cancel")).Dispose();
        await worker.RunAsync(run, shown => shown.Text("status") == status);

        var waits = (await worker.GetAsync($"/api/runs/{run}")).GetProperty("waitingOn").EnumerateArray();
        waits.Any(wait => wait.Text("for") == "fault").ShouldBe(isOpen);
        (await ListedAsync(worker, "?faulted=true")).Count().ShouldBe(isOpen ? 1 : 0);
        (await ListedAsync(worker, "?faulted=false")).Count().ShouldBe(isOpen ? 0 : 1);
        (await HealthAsync(worker)).Checks.GetProperty("faults").Text("status").ShouldBe(isOpen ? "degraded" : "healthy");
    }

    [Fact]
    public async Task One_that_is_kept_until_it_is_handled_is_no_message_that_waits_for_the_broker()
    {
        await using var worker = await EmbeddedWorker.StartAsync();
        var run = await worker.StartRunAsync("""{"steps":["await-signal"],"input":{"signal":"go"}}""");
        await worker.RunAsync(run, shown => shown.GetProperty("waitingOn").EnumerateArray().Any(wait => wait.Text("for") == "signal"));
        await BreakAsync(worker, run);

        await SignalAsync(worker, run);
        await FaultedAsync(worker, run);

        await using var scope = worker.Services.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        var fault = await dbContext.Faults.SingleAsync(TestContext.Current.CancellationToken);
        var waiting = await dbContext.Set<OutboxMessage>().Where(row => row.Destination.EndsWith("saga-runs")).SingleAsync(TestContext.Current.CancellationToken);
        waiting.Id.ShouldBe(fault.OutboxId!.Value);
        waiting.ScheduleTokenId.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_parameter_that_is_no_truth_is_refused()
    {
        await using var worker = await EmbeddedWorker.StartAsync();

        var problem = await worker.TryGetAsync("/api/runs?faulted=maybe").JsonAsync(HttpStatusCode.BadRequest);

        problem.Text("detail").ShouldBe("`faulted` is `maybe`. It must be `true` or `false`; leave it out for all runs.");
    }

    private static async Task SignalAsync(EmbeddedWorker worker, Guid run)
    {
        using var accepted = await worker.PostAsync($"/api/runs/{run}/signals/go");
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static Task<JsonElement> FaultedAsync(EmbeddedWorker worker, Guid run) =>
        worker.RunAsync(run, shown => shown.GetProperty("waitingOn").EnumerateArray().Any(wait => wait.Text("for") == "fault"));

    private static JsonElement Fault(JsonElement run) => run.GetProperty("waitingOn").EnumerateArray().Single(wait => wait.Text("for") == "fault");

    // The number that the run's first signal gets is taken, as it never is.
    private static async Task BreakAsync(EmbeddedWorker worker, Guid run)
    {
        await using var scope = worker.Services.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        var now = TimeProvider.System.GetUtcNow();
        dbContext.Add(new SignalRow { RunId = run, Number = 1, Name = "odd", ReceivedAt = now, ConsumedAt = now });
        await dbContext.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static async Task GiveUpAsync(EmbeddedWorker worker, Guid run, string message)
    {
        await using var scope = worker.Services.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        var now = TimeProvider.System.GetUtcNow();
        dbContext.Add(new FaultRow
        {
            MessageId = Guid.CreateVersion7(), RunId = run, Message = message, Queue = "saga-runs", Exception = "System.Exception", Error = "No.",
            Since = now, LastAt = now, Tries = 1,
        });
        await dbContext.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static async Task MendAsync(EmbeddedWorker worker, Guid run)
    {
        await using var scope = worker.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RunDbContext>().Signals.Where(row => row.RunId == run && row.Name == "odd").ExecuteDeleteAsync();
    }

    private static async Task<IEnumerable<(Guid Run, int Faults)>> ListedAsync(EmbeddedWorker worker, string query) =>
        (await worker.GetAsync($"/api/runs{query}")).GetProperty("runs").EnumerateArray()
        .Select(run => (run.GetProperty("id").GetGuid(), run.GetProperty("faults").GetInt32()));

    private static async Task<(HttpStatusCode Status, JsonElement Checks)> HealthAsync(EmbeddedWorker worker)
    {
        using var response = await worker.TryGetAsync("/health/ready");
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks"));
    }
}
