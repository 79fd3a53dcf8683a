using System.Text.Json.Serialization;

namespace Saga.Consumers.Tests;

public sealed class When_steps_are_registered
{
    [Fact]
    public void The_catalogue_describes_them()
    {
        var catalogue = new StepCatalogue([typeof(Echo), typeof(Fail)]);

        catalogue.Steps.Select(step => step.Name).ShouldBe(["echo", "fail"]);
        catalogue.Get("echo").Compensates.ShouldBeTrue();
        catalogue.Get("fail").Compensates.ShouldBeFalse();
        catalogue.Get("fail").InputSchema.ShouldBeJson("""{"type":"object","properties":{"failMessage":{"type":["string","null"]}}}""");
        (catalogue.Get("echo").InputType, catalogue.Get("echo").OutputType).ShouldBe((typeof(EchoMessage), typeof(EchoMessage)));
    }

    [Fact]
    public void A_schema_tells_what_is_required() =>
        new StepCatalogue([typeof(ScriptedStep)]).Get("scripted").InputSchema.GetProperty("required").ShouldBeJson("""["name"]""");

    [Theory]
    [InlineData(typeof(CreateVpc), "create-vpc")]
    [InlineData(typeof(CreateVPCPeering), "create-vpc-peering")]
    [InlineData(typeof(AttachEc2VolumeStep), "attach-ec2-volume")]
    [InlineData(typeof(Renamed), "billing.open_account")]
    public void A_name_is_that_of_the_class_in_kebab_case_unless_it_has_its_own(Type step, string name) =>
        new StepCatalogue([step]).Steps.Single().Name.ShouldBe(name);

    [Fact]
    public void The_same_class_twice_counts_once() =>
        new StepCatalogue([typeof(Echo), typeof(Echo)]).Steps.Count.ShouldBe(1);

    [Fact]
    public void Every_problem_is_told_with_its_rule_and_remedy()
    {
        var refused = Should.Throw<StepCatalogueException>(() => new StepCatalogue(
            [typeof(Echo), typeof(SecondEcho), typeof(string), typeof(TwoFaced), typeof(Abstract), typeof(BadlyNamed), typeof(TooLong), typeof(Unspeakable)]));

        refused.Problems.Count.ShouldBe(7);
        refused.Problems[0].ShouldBe(
            $"Saga.Consumers.Echo and {typeof(SecondEcho)} are both named `echo`. A name belongs to one step. "
            + "Rename one of them with [StepName(\"…\")].");
        refused.Problems[1].ShouldContain("System.String implements 0 IStep<TInput, TOutput> interfaces.");
        refused.Problems[2].ShouldContain("implements 2 IStep<TInput, TOutput> interfaces. A step implements exactly one. Split it");
        refused.Problems[3].ShouldContain("cannot be instantiated");
        refused.Problems[4].ShouldContain("is named `Bad Name`");
        refused.Problems[5].ShouldContain("1 to 64 characters");
        refused.Problems[6].ShouldContain("Input and output travel as JSON. Use plain records.");
    }

    [Fact]
    public async Task A_worker_with_a_duplicate_name_does_not_start()
    {
        var refused = await Should.ThrowAsync<StepCatalogueException>(
            () => StepWorker.StartAsync(services => services.AddStep<Echo>().AddStep<SecondEcho>()));

        refused.Message.ShouldContain("are both named `echo`");
    }

    private abstract class Quiet : IStep<int, int>
    {
        public Task<StepResult<int>> ExecuteAsync(StepContext<int> context) => Task.FromResult(StepResult.Completed(1));
    }

    private sealed class CreateVpc : Quiet;

    private sealed class CreateVPCPeering : Quiet;

    private sealed class AttachEc2VolumeStep : Quiet;

    [StepName("billing.open_account")]
    private sealed class Renamed : Quiet;

    [StepName("echo")]
    private sealed class SecondEcho : Quiet;

    private abstract class Abstract : Quiet;

    [StepName("Bad Name")]
    private sealed class BadlyNamed : Quiet;

    [StepName("a2345678901234567890123456789012345678901234567890123456789012345")]
    private sealed class TooLong : Quiet;

    private sealed class TwoFaced : Quiet, IStep<string, string>
    {
        public Task<StepResult<string>> ExecuteAsync(StepContext<string> context) => Task.FromResult(StepResult.Completed(""));
    }

    private sealed record Twins([property: JsonPropertyName("a")] int First, [property: JsonPropertyName("a")] int Second);

    private sealed class Unspeakable : IStep<Twins, int>
    {
        public Task<StepResult<int>> ExecuteAsync(StepContext<Twins> context) => Task.FromResult(StepResult.Completed(1));
    }
}
