using Saga.StateMachines.Pictures;
using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Pictures;

public sealed class When_a_plan_is_drawn
{
    [Fact]
    public void Every_kind_has_its_label_and_its_frame() => Golden.Compare(PlanPicture.Of(Example.Plan), "plan");

    [Fact]
    public void The_same_plan_gives_the_same_picture() =>
        PlanPicture.Of(PlanReader.FromStored(Example.Plan.Json)).ShouldBe(PlanPicture.Of(Example.Plan));

    [Fact]
    public void Quotes_and_backslashes_in_names_stay_text() => PlanPicture.Of(Example.Plan).ShouldContain(@"every \""kind\"" \\ of node");

    [Fact]
    public void A_step_list_is_a_chain() => Golden.Compare(PlanPicture.Of(StepList.ToPlan(["echo", "fail"]).Plan!), "chain");
}
