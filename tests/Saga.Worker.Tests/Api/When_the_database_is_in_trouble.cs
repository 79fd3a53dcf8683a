using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Tests.Databases;
using Saga.StateMachines.Persistence;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

public sealed class When_the_database_is_in_trouble
{
    // Larger than what may be left in the pages that the file has.
    private static readonly string _large = new('x', 200_000);

    private readonly SqliteTrouble _trouble = new();

    [Fact]
    public async Task Requests_are_answered_503_with_what_is_full_and_what_to_do()
    {
        await using var worker = await EmbeddedWorker.StartAsync(AddTrouble);
        _trouble.Fill();

        foreach (var request in (Func<Task<HttpResponseMessage>>[])
        [
            () => worker.PostAsync("/api/runs", $$"""{"steps":["echo"],"input":{"message":"{{_large}}" } }"""),
            () => worker.PutAsync("/api/definitions/large/1", $$"""{"nodes":[{"name":"a","constant":"{{_large}}"}]}""", "application/json"),
        ])
        {
            using var response = await request();
            var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync());
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, problem.ToString());
            response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
            problem.Text("title").ShouldBe("The database does not do its work");
            problem.Text("detail")!.ShouldStartWith("The database is full: SQLite Error 13: 'database or disk is full'. Free space on the disk of the database, or give it more.");
        }
    }

    [Fact]
    public async Task Every_request_that_writes_is_answered_so()
    {
        await using var worker = await EmbeddedWorker.StartAsync(AddTrouble);
        var run = await worker.StartRunAsync("""{"steps":["await-signal"],"input":{"signal":"go"}}""");
        await worker.RunAsync(run, shown => shown.GetProperty("waitingOn").GetArrayLength() > 0);
        var done = await worker.StartRunAsync("""{"steps":["echo"]}""");
        await worker.EndedRunAsync(done, "completed");
        _trouble.MakeReadOnly();

        foreach (var path in (string[])[$"/api/runs/{run}/signals/go", $"/api/runs/{run}/cancel", $"/api/runs/{done}/rollback"])
        {
            var problem = await worker.PostAsync(path).JsonAsync(HttpStatusCode.ServiceUnavailable);
            problem.Text("detail")!.ShouldStartWith("The database takes no writes: SQLite Error 8: 'attempt to write a readonly database'. Make the database writable again");
        }

        (await worker.GetAsync($"/api/runs/{done}")).Text("status").ShouldBe("completed");
    }

    [Fact]
    public async Task A_run_waits_and_goes_on_by_itself_and_health_tells_both()
    {
        await using var worker = await EmbeddedWorker.StartAsync(AddTrouble);
        using var held = HeldMessages<Contracts.StepCompleted>.On(worker);
        var run = await worker.StartRunAsync($$"""{"steps":["echo","echo"],"input":{"message":"{{_large}}" } }""");
        await held.First;

        _trouble.Fill();
        held.LetGo();
        var sick = await HealthAsync(worker, "unhealthy");
        sick.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        sick.Database.ShouldStartWith("The database is full: SQLite Error 13: 'database or disk is full'.");
        sick.Database.ShouldEndWith("and go on by themselves.");

        _trouble.Mend();
        await worker.EndedRunAsync(run, "completed");
        (await HealthAsync(worker, "healthy")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private void AddTrouble(IServiceCollection services) => services.ConfigureDbContext<RunDbContext>(options => options.AddInterceptors(_trouble));

    private static async Task<(HttpStatusCode StatusCode, string Database)> HealthAsync(EmbeddedWorker worker, string awaited)
    {
        using var deadline = new CancellationTokenSource(Patience.Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            using var response = await worker.TryGetAsync("/health/ready");
            var database = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("checks").GetProperty("database");
            if (database.Text("status") == awaited)
                return (response.StatusCode, database.Text("description") ?? "");
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }
}
