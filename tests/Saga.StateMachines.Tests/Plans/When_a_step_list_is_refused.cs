using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

public sealed class When_a_step_list_is_refused
{
    [Fact]
    public void A_missing_list_says_what_to_do() =>
        Problems(null).ShouldBe(
            ["/steps steps_missing `steps` is missing. A run needs at least one step. List the names of the steps to execute."]);

    [Fact]
    public void An_empty_list_says_what_to_do() =>
        Problems([]).ShouldBe(["/steps steps_empty `steps` is empty. A run needs at least one step. List the names of the steps to execute."]);

    [Fact]
    public void Every_bad_name_is_listed_with_its_place() =>
        Problems(["Echo", "echo", "", null!, "-x", new string('a', 90)]).ShouldBe(
        [
            $"/steps/0 invalid_step_name The name of step 0 is `Echo`. {StepNames.Rule} Correct the name.",
            $"/steps/2 invalid_step_name The name of step 2 is blank. {StepNames.Rule} Correct the name.",
            $"/steps/3 invalid_step_name Step 3 is null. {StepNames.Rule} Correct the name.",
            $"/steps/4 invalid_step_name The name of step 4 is `-x`. {StepNames.Rule} Correct the name.",
            $"/steps/5 invalid_step_name The name of step 5, `{new string('a', 80)}…`, has 90 characters. {StepNames.Rule} Correct the name.",
        ]);

    [Fact]
    public void Too_many_steps_are_listed_beside_the_bad_names() =>
        Problems([.. Enumerable.Repeat("echo", 10_000), "Bad"]).ShouldBe(
            ["/steps too_many_steps `steps` has 10001 names. At most 10000 are allowed. Split the work into several runs."]);

    [Fact]
    public void A_list_is_as_large_as_the_plan_that_it_is_written_out_as() =>
        Problems([.. Enumerable.Repeat(new string('a', 64), 10_000)]).ShouldBe(
            ["/steps too_large Written out as a plan, `steps` has 2,407,720 bytes. At most 1,048,576 are allowed. "
                + "Shorten the names of the steps, or split the work into several runs."]);

    [Fact]
    public void There_is_no_plan() => StepList.ToPlan(["echo", "No"]).IsAccepted.ShouldBeFalse();

    [Theory]
    [InlineData("a", true)]
    [InlineData("0", true)]
    [InlineData("a-b_c.9", true)]
    [InlineData(".a", false)]
    [InlineData("_a", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("ä", false)]
    [InlineData("aA", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_name_keeps_the_rule_or_not(string? name, bool isValid) => StepNames.IsValid(name).ShouldBe(isValid);

    [Fact]
    public void A_name_may_have_64_characters()
    {
        StepNames.IsValid(new string('a', 64)).ShouldBeTrue();
        StepNames.IsValid(new string('a', 65)).ShouldBeFalse();
    }

    private static IEnumerable<string> Problems(IReadOnlyList<string>? steps) =>
        StepList.ToPlan(steps).Errors.Select(error => $"{error.Pointer} {error.Code} {error.Message}");
}
