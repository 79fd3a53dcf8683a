using Saga.EntityFrameworkCore.Crashes;

namespace Saga.EntityFrameworkCore.Tests.Crashes;

public sealed class When_a_crash_is_planned
{
    [Fact]
    public void It_comes_at_that_boundary_at_that_time_and_only_then()
    {
        var crash = PlannedCrash.Parse("after-commit:2")!;

        crash.IsNow(CrashPoint.AfterCommit).ShouldBeFalse();
        crash.IsNow(CrashPoint.BeforeCommit).ShouldBeFalse();
        crash.IsNow(CrashPoint.AfterCommit).ShouldBeTrue();
        crash.IsNow(CrashPoint.AfterCommit).ShouldBeFalse();
    }

    [Theory]
    [InlineData("mid-batch", "mid-batch:1")]
    [InlineData("before-commit:3", "before-commit:3")]
    [InlineData("mid-delivery:1", "mid-delivery:1")]
    [InlineData("before-acknowledge:40", "before-acknowledge:40")]
    [InlineData("before-deletion", "before-deletion:1")]
    public void Every_boundary_has_a_name(string text, string planned) => PlannedCrash.Parse(text)!.ToString().ShouldBe(planned);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void None_is_planned_without_the_variable(string? text) => PlannedCrash.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("sometime")]
    [InlineData("AfterCommit")]
    [InlineData("after-commit:0")]
    [InlineData("after-commit:-1")]
    [InlineData("after-commit:1:2")]
    public void One_that_cannot_be_understood_is_refused(string text) =>
        Should.Throw<FormatException>(() => PlannedCrash.Parse(text)).Message.ShouldBe(
            $"SAGA_CRASH_AT is '{text}'. It must be one of mid-batch, before-commit, after-commit, mid-delivery, before-acknowledge, before-deletion, and how "
            + "many times it is reached, such as 'after-commit:5'. Leave it out, unless the process is to be killed.");
}
