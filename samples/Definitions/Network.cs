using System.Text.Json;
using Saga.StateMachines.Definitions;

namespace Definitions;

/// <summary>
/// What <c>samples/network.yaml</c> describes, in C#: the compiler checks what each node reads of others. The lambdas are translated into the plan
/// document and never run.
/// </summary>
internal sealed class Network : RunDefinition<JsonElement, NetworkOutput>
{
    public override string Kind => "network";

    // This network needs no input, so whatever the start brings will do.
    protected override IResult<NetworkOutput> Build(PlanBuilder<JsonElement> plan)
    {
        var network = plan.Step("network", Steps.Delay, () => new Wait("PT0.6S"));
        var zones = plan.Constant<string[]>("zones", ["a", "b", "c"]);

        var subnets = plan.ForEach("subnets", () => zones.Output, body =>
        {
            var create = body.Step("create", Steps.Echo, () => new Message($"subnet-{body.Item}"));
            body.Step("route", Steps.Delay, () => new Wait("PT0.5S")).After(create);
        }).After(network);

        var instance = plan.Step("instance", Steps.Delay, () => new Wait("PT1S")).After(subnets);
        var volume = plan.Step("volume", Steps.Delay, () => new Wait("PT1.2S")).After(network);
        var address = plan.Step("address", Steps.Delay, () => new Wait("PT0.4S"));

        var attach = plan.Step("attach", Steps.Echo, () => new Message("attached")).After(instance, volume, address);
        var boot = plan.Step("boot", Steps.Echo, () => new Message($"booted, {attach.Output.Text}"));

        return plan.Returns(() => new NetworkOutput(boot.Output.Text, zones.Output));
    }
}
