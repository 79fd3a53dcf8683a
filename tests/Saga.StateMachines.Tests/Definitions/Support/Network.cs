using Saga.StateMachines.Definitions;

namespace Saga.StateMachines.Tests.Definitions.Support;

public sealed record NetworkInput
{
    public required string Region { get; init; }

    public required string Cidr { get; init; }

    public required IReadOnlyList<string> Zones { get; init; }
}

public sealed record CreateVpcInput
{
    public required string Cidr { get; init; }

    public required string Name { get; init; }
}

public sealed record Vpc(string Id);

public sealed record CreateSubnetInput(string VpcId, string Zone);

public sealed record Subnet(string Id);

public sealed record InSubnet(string SubnetId);

public sealed record Resource(string Id);

public sealed record AttachInput(string InstanceId, string VolumeId, string AddressId);

public sealed record NetworkOutput(string VpcId, IReadOnlyList<Resource> Machines);

internal static class NetworkSteps
{
    public static readonly StepReference<CreateVpcInput, Vpc> CreateVpc = new("create-vpc");

    public static readonly StepReference<CreateSubnetInput, Subnet> CreateSubnet = new("create-subnet");

    public static readonly StepReference<InSubnet, Resource> CreateInstance = new("create-instance");

    public static readonly StepReference<InSubnet, Resource> CreateVolume = new("create-volume");

    public static readonly StepReference<InSubnet, Resource> CreateAddress = new("create-address");

    public static readonly StepReference<AttachInput, Resource> Attach = new("attach");

    public static readonly StepReference<Resource, Resource> Boot = new("boot");
}

/// <summary>A network, and in each zone a subnet with a machine.</summary>
public sealed class Network : RunDefinition<NetworkInput, NetworkOutput>
{
    public override string Kind => "network";

    public override int Version => 2;

    protected override IResult<NetworkOutput> Build(PlanBuilder<NetworkInput> plan)
    {
        var vpc = plan.Step("vpc", NetworkSteps.CreateVpc, () => new CreateVpcInput { Cidr = plan.Input.Cidr, Name = $"{plan.Input.Region}-net" });
        var machines = plan.ForEach("subnets", () => plan.Input.Zones, zone =>
        {
            var subnet = zone.Step("subnet", NetworkSteps.CreateSubnet, () => new CreateSubnetInput(vpc.Output.Id, zone.Item));
            var instance = zone.Step("instance", NetworkSteps.CreateInstance, () => new InSubnet(subnet.Output.Id));
            var volume = zone.Step("volume", NetworkSteps.CreateVolume, () => new InSubnet(subnet.Output.Id));
            var address = zone.Step("address", NetworkSteps.CreateAddress, () => new InSubnet(subnet.Output.Id));
            var attach = zone
                .Step("attach", NetworkSteps.Attach, () => new AttachInput(instance.Output.Id, volume.Output.Id, address.Output.Id))
                .Retry(maxAttempts: 5);
            return zone.Step("boot", NetworkSteps.Boot, () => instance.Output).After(attach).Compensation(boot => boot.None());
        });
        return plan.Returns(() => new NetworkOutput(vpc.Output.Id, machines.Output));
    }
}
