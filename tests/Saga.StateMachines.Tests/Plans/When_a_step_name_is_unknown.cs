using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

public sealed class When_a_step_name_is_unknown
{
    private static readonly string[] _known = ["create-vpc", "create-vm", "delete-vpc", "echo", "fail"];

    [Fact]
    public void Finds_a_slip_of_the_fingers() => NearestStepNames.To("ehco", _known).ShouldBe(["echo"]);

    [Fact]
    public void Lists_the_best_first() => NearestStepNames.To("creat-vpc", _known).ShouldBe(["create-vpc", "create-vm"]);

    [Fact]
    public void Lists_no_more_than_asked_for() => NearestStepNames.To("creat-vpc", _known, max: 1).ShouldBe(["create-vpc"]);

    [Fact]
    public void Lists_nothing_when_nothing_is_near() => NearestStepNames.To("send-invoice", _known).ShouldBeEmpty();

    [Fact]
    public void Is_quick_for_a_name_of_a_megabyte() => NearestStepNames.To(new string('e', 1_000_000), _known).ShouldBeEmpty();
}
