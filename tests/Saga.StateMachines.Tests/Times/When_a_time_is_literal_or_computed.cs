using System.Text.Json;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Times;

/// <summary>What a document may say is what the same text is when a template gives it.</summary>
public sealed class When_a_time_is_literal_or_computed
{
    [Theory]
    [InlineData("PT10M", true)]
    [InlineData("P2W", true)]
    [InlineData("P36500D", true)]
    [InlineData("P36501D", false)]
    [InlineData("P1M", false)]
    [InlineData("-PT1M", false)]
    [InlineData("PT1M ", false)]
    [InlineData("pt1m", false)]
    public void A_duration_is_one_in_both(string text, bool isOne) => BothTake("for", text).ShouldBe((isOne, isOne));

    [Theory]
    [InlineData("2030-01-31T12:00:00Z", true)]
    [InlineData("2030-01-31 12:00:00Z", true)]
    [InlineData("2030-01-31t12:00:00z", true)]
    [InlineData("2030-01-31T12:00:00.123456789+01:00", true)]
    [InlineData("2030-01-31T12:00:00", false)]
    [InlineData("2030-01-31T12:00Z", false)]
    [InlineData("2030-01-31", false)]
    [InlineData("Thu, 31 Jan 2030 12:00:00 GMT", false)]
    public void A_moment_is_one_in_both(string text, bool isOne) => BothTake("until", text).ShouldBe((isOne, isOne));

    private static (bool Literal, bool Computed) BothTake(string property, string text)
    {
        var json = JsonSerializer.Serialize(text);
        var literal = PlanReader.ReadText($$"""{ "nodes": [{{Sleep(json)}}] }""");
        var computed = Walk.OfJson(Sleep("""{ "$ref": "input" }"""), json).Begin();
        return (literal.Plan is not null, computed.StatusOf("s") == NodeStatus.Waiting);

        string Sleep(string value) => $$"""{ "name": "s", "sleep": { "{{property}}": {{value}} } }""";
    }
}
