using System.Net;
using System.Text.Json;
using Saga.StateMachines.Plans;
using Saga.Worker.Tests.Api.Support;
using Saga.Worker.Tests.Documentation;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Samples;

[Collection(nameof(OneWorker))]
public sealed class The_sample_plans(SharedWorker shared)
{
    private readonly EmbeddedWorker _worker = shared.Worker;

    [Fact]
    public async Task The_network_boots_when_everything_it_needs_is_there()
    {
        var run = await _worker.EndedRunAsync(await StartAsync("network"), "completed");

        run.GetProperty("output").GetRawText().ShouldBe("""{"instance":"booted, attached","zones":["a","b","c"]}""");
        var nodes = ByName(run);
        Moment(nodes["volume"], "startedAt").ShouldBeLessThan(Moment(nodes["instance"], "startedAt"));
        Moment(nodes["subnets[0]/create"], "startedAt").ShouldBeLessThan(Moment(nodes["subnets[2]/create"], "completedAt"));
        Moment(nodes["attach"], "startedAt").ShouldBeGreaterThanOrEqualTo(new[] { "instance", "volume", "address" }.Max(name => Moment(nodes[name], "completedAt")));
    }

    [Fact]
    public async Task The_network_that_does_not_boot_is_taken_back_in_reverse_order()
    {
        var run = await _worker.EndedRunAsync(await StartAsync("network-fails"), "rolled_back");

        run.GetProperty("reason").GetString().ShouldBe("step_failed:fail");
        var nodes = ByName(run);
        IsCompensatedBefore("attach", "instance");
        IsCompensatedBefore("attach", "volume");
        IsCompensatedBefore("instance", "subnets[0]/create");
        IsCompensatedBefore("instance", "subnets[1]/create");
        IsCompensatedBefore("subnets[0]/create", "network");
        IsCompensatedBefore("volume", "network");

        void IsCompensatedBefore(string earlier, string later) => Moment(nodes[earlier].GetProperty("compensation"), "completedAt")
            .ShouldBeLessThanOrEqualTo(Moment(nodes[later].GetProperty("compensation"), "startedAt"), $"{earlier} before {later}");
    }

    [Fact]
    public async Task The_approval_gives_what_was_approved()
    {
        var id = await StartAsync("approval", """{"size":"large"}""");

        await _worker.PostAsync($"/api/runs/{id}/signals/approved", """{"payload":{"size":"medium"}}""").JsonAsync(HttpStatusCode.Accepted);

        (await _worker.EndedRunAsync(id, "completed")).GetProperty("output").Text("message").ShouldBe("created a medium machine");
    }

    [Fact]
    public async Task The_approval_that_is_rejected_is_taken_back()
    {
        var id = await StartAsync("approval", """{"size":"large"}""");

        await _worker.PostAsync($"/api/runs/{id}/signals/rejected").JsonAsync(HttpStatusCode.Accepted);

        var run = await _worker.EndedRunAsync(id, "rolled_back");
        ByName(run)["outcome/default/create"].Text("status").ShouldBe("skipped");
    }

    [Fact]
    public async Task The_fan_out_has_three_hosts_under_way_at_most()
    {
        var run = await _worker.EndedRunAsync(await StartAsync("fan-out", """{"hosts":["a","b","c","d","e"]}"""), "completed");

        var hosts = ByName(run).Where(node => node.Value.Text("kind") == "item").Select(node => node.Value).ToList();
        hosts.Count.ShouldBe(5);
        hosts.Max(host => hosts.Count(other =>
            Moment(other, "startedAt") <= Moment(host, "startedAt") && Moment(other, "completedAt") > Moment(host, "startedAt"))).ShouldBe(3);
    }

    private static Dictionary<string, JsonElement> ByName(JsonElement run) =>
        run.GetProperty("nodes").EnumerateArray().ToDictionary(node => node.Text("name")!, StringComparer.Ordinal);

    private static DateTimeOffset Moment(JsonElement element, string property) => element.GetProperty(property).GetDateTimeOffset();

    private async Task<Guid> StartAsync(string sample, string input = "{}")
    {
        var plan = PlanReader.ToJson(await File.ReadAllTextAsync(Path.Combine(Page.Root, "samples", $"{sample}.yaml")), out _)!.Value;
        return await _worker.StartRunAsync($$"""{"plan":{{plan.GetRawText()}},"input":{{input}}}""");
    }
}
