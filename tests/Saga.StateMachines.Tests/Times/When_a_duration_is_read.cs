using System.Globalization;
using System.Text.Json.Nodes;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Tests.Plans;
using Saga.StateMachines.Times;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Times;

public sealed class When_a_duration_is_read
{
    private static readonly JsonObject _schema = JsonNode.Parse(PlanSchema.Json)!.AsObject();

    public static TheoryData<string, string> Durations => new()
    {
        { "PT0S", "0:00:00" },
        { "P0D", "0:00:00" },
        { "PT90S", "0:01:30" },
        { "PT05M", "0:05:00" },
        { "PT36H", "1.12:00:00" },
        { "P1D", "1.0:00:00" },
        { "P2W", "14.0:00:00" },
        { "P1DT12H", "1.12:00:00" },
        { "P1DT1H1M1.5S", "1.1:01:01.5" },
        { "P1DT0.5S", "1.0:00:00.5" },
        { "PT1H1S", "1:00:01" },
        { "PT0.0000001S", "0:00:00.0000001" },
        { "PT0.000000199S", "0:00:00.0000001" },
        { "P36500D", "36500.0:00:00" },
        { "PT3153600000S", "36500.0:00:00" },
        { "P5214W", "36498.0:00:00" },
    };

    /// <summary>Text that is of no duration for its form, which the schema of plans refuses as well.</summary>
    public static TheoryData<string> Malformed =>
    [
        "", "P", "T", "PT", "P1DT", "1D", "D", "ten minutes", "00:10:00",

        // A month or year has no length before it is known when it begins, and M before T is months.
        "P1Y", "P1M", "P1Y2M", "P1MT1M", "P1Y1D",

        // Weeks stand alone, units stand in order, once, and hours after the T.
        "P1W1D", "P1WT1H", "PT1W", "PT1S1M", "PT1M1M", "P1H", "PT1D",

        // Only seconds have a fraction, with a point, and digits on both sides of it.
        "P0.5D", "PT0.5H", "PT1.5M", "P1.5W", "PT1,5S", "PT.5S", "PT5.S", "PT1.0000000000S",

        // No sign, no other letters, nothing around it, no other digits.
        "-PT1S", "PT-1S", "+PT1S", "pt1s", "PT1s", "Pt1S", " PT1S", "PT1S ", "PT 1S", "PT١S", "PT1E3S",

        "PT99999999999S",
    ];

    /// <summary>Text that has the form but is too long.</summary>
    public static TheoryData<string> TooLong => ["P36501D", "P36500DT0.0000001S", "PT3153600001S", "P5215W", "P9999999999D", "P9999999999DT9999999999H9999999999M9999999999S"];

    [Theory]
    [MemberData(nameof(Durations))]
    public void It_is_the_sum_of_its_parts(string text, string duration)
    {
        IsoDuration.Read(text).ShouldBe(TimeSpan.Parse(duration, CultureInfo.InvariantCulture));
        IsInTheSchema(text).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Text_of_another_form_is_none(string text)
    {
        IsoDuration.Read(text).ShouldBeNull();
        IsInTheSchema(text).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(TooLong))]
    public void A_longer_one_than_any_run_is_none(string text) => IsoDuration.Read(text).ShouldBeNull();

    [Fact]
    public void Nothing_is_none() => IsoDuration.Read(null).ShouldBeNull();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(TimeSpan.TicksPerDay * 800)]
    [InlineData((TimeSpan.TicksPerDay * 36_500) - 1)]
    public void What_is_written_reads_the_same(long ticks) => IsoDuration.Read(IsoDuration.Write(new(ticks))).ShouldBe(new TimeSpan(ticks));

    private static bool IsInTheSchema(string text) => _schema["$defs"]!["duration"]!.AsObject().Accepts(JsonValue.Create(text));
}
