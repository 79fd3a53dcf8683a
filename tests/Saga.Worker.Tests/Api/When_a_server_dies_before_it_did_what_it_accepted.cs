using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.Contracts;
using Saga.StateMachines.Persistence;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

/// <summary>The embedded mode: the queues die with the process, and only the file is left.</summary>
public sealed class When_a_server_dies_before_it_did_what_it_accepted
{
    private const string Approval = """{"plan":{"nodes":[{"name":"approval","signal":{"names":["approved"]}}]}}""";

    [Fact]
    public async Task The_next_takes_the_signal_once()
    {
        await using var dying = await EmbeddedWorker.StartAsync();
        using var held = HeldMessages<SignalProvisioning>.On(dying);
        var id = await dying.StartRunAsync(Approval);
        await dying.RunAsync(id, run => run.GetProperty("waitingOn").GetArrayLength() == 1);

        await using var next = await StartNextAsync(dying, held, $"/api/runs/{id}/signals/approved", """{"payload":7}""");

        (await next.EndedRunAsync(id, "completed")).GetProperty("output").GetProperty("payload").GetInt32().ShouldBe(7);
        await using var scope = next.Services.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        (await dbContext.Signals.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    public async Task The_next_cancels_the_run()
    {
        await using var dying = await EmbeddedWorker.StartAsync();
        using var held = HeldMessages<CancelProvisioning>.On(dying);
        var id = await dying.StartRunAsync(Approval);
        await dying.RunAsync(id, run => run.GetProperty("waitingOn").GetArrayLength() == 1);

        await using var next = await StartNextAsync(dying, held, $"/api/runs/{id}/cancel", """{"by":"kim"}""");

        (await next.EndedRunAsync(id, "rolled_back")).Text("stopRequestedBy").ShouldBe("kim");
    }

    [Fact]
    public async Task The_next_rolls_the_run_back()
    {
        await using var dying = await EmbeddedWorker.StartAsync();
        using var held = HeldMessages<RollBackProvisioning>.On(dying);
        var id = await dying.StartRunAsync("""{"steps":["echo"]}""");
        await dying.EndedRunAsync(id, "completed");

        await using var next = await StartNextAsync(dying, held, $"/api/runs/{id}/rollback", """{"by":"kim"}""");

        (await next.EndedRunAsync(id, "rolled_back")).Text("stopRequestedBy").ShouldBe("kim");
    }

    [Fact]
    public async Task The_children_of_a_run_it_cancelled_stop_too()
    {
        await using var dying = await EmbeddedWorker.StartAsync();
        var id = await dying.StartRunAsync("""{"plan":{"nodes":[{"name":"child","child":{"plan":{"nodes":[{"name":"approval","signal":{"names":["approved"]}}]}}}]}}""");
        var waiting = await dying.RunAsync(id, run => run.GetProperty("waitingOn").GetArrayLength() == 1);
        var child = waiting.GetProperty("waitingOn")[0].GetProperty("childRunId").GetGuid();
        await dying.RunAsync(child, run => run.GetProperty("waitingOn").GetArrayLength() == 1);
        using var held = HeldMessages<CancelProvisioning>.On(dying, cancel => cancel.RunId == child);

        await using var next = await StartNextAsync(dying, held, $"/api/runs/{id}/cancel");

        await next.EndedRunAsync(child, "rolled_back");
        await next.EndedRunAsync(id, "rolled_back");
    }

    /// <summary>A request is accepted, and the process dies when its message is out of its queue and not handled.</summary>
    private static async Task<EmbeddedWorker> StartNextAsync<T>(EmbeddedWorker dying, HeldMessages<T> held, string path, string? body = null)
        where T : class
    {
        await dying.PostAsync(path, body).JsonAsync(HttpStatusCode.Accepted);
        await held.First;

        // Its commits delete the rows of what was delivered before.
        await dying.EndedRunAsync(await dying.StartRunAsync("""{"steps":["echo"]}"""), "completed");
        return await dying.StartOnACopyAsync();
    }
}
