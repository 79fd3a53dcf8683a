using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_a_service_hosts_its_own_steps(SingleWorker worker) : IClassFixture<SingleWorker>
{
    [Fact]
    public async Task A_run_of_them_leaves_what_they_made()
    {
        await using var sample = SampleProcess.Start(worker.Broker);
        await worker.Deployment.SeeStepAsync("create-database");

        var id = await worker.Api.StartAsync(["create-tenant", "create-database"], new { tenant = "acme" });

        var run = await worker.Api.SeeEndAsync(id, () => worker.Output + sample.Output);
        run.GetProperty("status").GetString().ShouldBe("completed");
        run.GetProperty("outputs").GetProperty("create-database-1").GetProperty("name").GetString().ShouldBe("db-acme");
        Files(sample).ShouldBe(["database.json", "tenant.json"]);
    }

    [Fact]
    public async Task A_run_that_fails_after_them_leaves_nothing()
    {
        await using var sample = SampleProcess.Start(worker.Broker);
        await worker.Deployment.SeeStepAsync("create-database");

        var id = await worker.Api.StartAsync(["create-tenant", "create-database", "fail"], new { tenant = "globex" });

        var run = await worker.Api.SeeEndAsync(id, () => worker.Output + sample.Output);
        run.GetProperty("status").GetString().ShouldBe("rolled_back");
        run.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("status").GetString())
            .ShouldBe(["compensated", "compensated", "failed"]);
        Files(sample).ShouldBeEmpty();
    }

    private static IEnumerable<string?> Files(SampleProcess sample) =>
        Directory.EnumerateFiles(sample.Tenants, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
