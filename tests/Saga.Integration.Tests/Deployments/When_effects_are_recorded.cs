using Shouldly;

namespace Saga.Integration.Tests.Deployments;

public sealed class When_effects_are_recorded
{
    private static readonly Guid Run = Guid.Parse("0199c0de-5a6a-7000-8000-0000000000aa");

    private readonly RecordedEffects _effects = new();

    [Fact]
    public void A_request_that_comes_again_under_its_key_has_one_effect()
    {
        _effects.Record(Run, "work-0", compensates: false, "a");
        _effects.Record(Run, "work-0", compensates: false, "a");
        _effects.Record(Run, "work-0", compensates: true, "b");

        _effects.Of(Run).ShouldBe("executed [work-0], compensated [work-0]");
        _effects.Repeats.ShouldBe(1);
        _effects.Misuses.ShouldBeEmpty();
    }

    [Fact]
    public void A_compensation_under_the_key_of_its_execution_has_no_effect()
    {
        _effects.Record(Run, "work-0", compensates: false, "a");
        _effects.Record(Run, "work-0", compensates: true, "a");

        _effects.Of(Run).ShouldBe("executed [work-0], compensated []");
        _effects.Misuses.ShouldHaveSingleItem().ShouldStartWith("a came with ");
    }

    [Fact]
    public void A_request_that_comes_again_under_another_key_has_its_effect_twice()
    {
        _effects.Record(Run, "work-0", compensates: false, "a");
        _effects.Record(Run, "work-0", compensates: false, "b");

        _effects.Of(Run).ShouldBe("executed [work-0, work-0], compensated []");
        _effects.Misuses.ShouldHaveSingleItem().ShouldEndWith(" was done under a, b");
    }
}
