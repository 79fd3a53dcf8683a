using System.Globalization;
using Saga.StateMachines.Times;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Times;

public sealed class When_a_moment_is_read
{
    [Theory]
    [InlineData("2030-01-31T12:00:00Z", "2030-01-31 12:00:00")]
    [InlineData("2030-01-31 12:00:00Z", "2030-01-31 12:00:00")]
    [InlineData("2030-01-31t12:00:00z", "2030-01-31 12:00:00")]
    [InlineData("2030-01-31T12:00:00.5Z", "2030-01-31 12:00:00.5")]
    [InlineData("2030-01-31T12:00:00.1234567Z", "2030-01-31 12:00:00.1234567")]
    [InlineData("2030-01-31T12:00:00.123456799Z", "2030-01-31 12:00:00.1234567")]
    [InlineData("2030-01-31T12:00:00+01:30", "2030-01-31 10:30:00")]
    [InlineData("2030-01-31T20:00:00-14:00", "2030-02-01 10:00:00")]
    [InlineData("2030-01-31T12:00:00-00:00", "2030-01-31 12:00:00")]
    [InlineData("2028-02-29T12:00:00Z", "2028-02-29 12:00:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01 00:00:00")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31 23:59:59")]
    public void It_is_a_moment_of_UTC(string text, string utc)
    {
        var moment = Rfc3339Moment.Read(text);

        moment.ShouldBe(DateTimeOffset.Parse(utc + "Z", CultureInfo.InvariantCulture));
        moment!.Value.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("2030-01-31T12:00:00")]
    [InlineData("2030-01-31T12:00:00.5")]
    [InlineData("2030-01-31")]
    public void It_has_an_offset(string text) => Rfc3339Moment.Read(text).ShouldBeNull();

    [Theory]
    [InlineData("2030-02-29T12:00:00Z")]
    [InlineData("2030-13-01T12:00:00Z")]
    [InlineData("2030-01-31T24:00:00Z")]
    [InlineData("2030-01-31T12:60:00Z")]
    [InlineData("2030-01-31T12:00:00+14:01")]
    [InlineData("2030-01-31T12:00:00+01:60")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    public void It_must_exist(string text) => Rfc3339Moment.Read(text).ShouldBeNull();

    [Theory]
    [InlineData("2016-12-31T23:59:60Z")]
    [InlineData("2017-01-01T00:59:60+01:00")]
    public void A_leap_second_is_none(string text) => Rfc3339Moment.Read(text).ShouldBeNull();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2030-01-31T12:00Z")]
    [InlineData("2030-1-31T12:00:00Z")]
    [InlineData("30-01-31T12:00:00Z")]
    [InlineData("+12030-01-31T12:00:00Z")]
    [InlineData("20300131T120000Z")]
    [InlineData("2030-01-31T12:00:00.Z")]
    [InlineData("2030-01-31T12:00:00,5Z")]
    [InlineData("2030-01-31T12:00:00.0000000000Z")]
    [InlineData("2030-01-31T12:00:00 Z")]
    [InlineData("2030-01-31T12:00:00+01")]
    [InlineData("2030-01-31T12:00:00+0100")]
    [InlineData("2030-01-31T12:00:00 CET")]
    [InlineData(" 2030-01-31T12:00:00Z")]
    [InlineData("2030-01-31T12:00:00Z\n")]
    [InlineData("Thu, 31 Jan 2030 12:00:00 GMT")]
    public void Text_of_another_form_is_none(string? text) => Rfc3339Moment.Read(text).ShouldBeNull();

    [Fact]
    public void What_is_written_reads_the_same()
    {
        var moment = new DateTimeOffset(2030, 1, 31, 12, 0, 0, TimeSpan.FromHours(-5)).AddTicks(1);

        Rfc3339Moment.Read(Rfc3339Moment.Write(moment)).ShouldBe(moment);
    }
}
