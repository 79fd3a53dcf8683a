using Saga.Integration.Tests.Deployments;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_several_orchestrators_begin_on_an_empty_database(TestServers servers)
{
    [Fact]
    public async Task One_makes_the_tables_and_all_of_them_get_ready()
    {
        await using var deployment = await Deployment.CreateAsync(servers);

        var orchestrators = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => deployment.StartAsync(Deployment.Orchestrator)));

        orchestrators.ShouldAllBe(orchestrator => !orchestrator.HasEnded);
    }
}
