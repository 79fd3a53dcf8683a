using System.Text;
using Saga.Contracts.Json;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Values;

public sealed class When_bytes_are_read_as_text
{
    private const string Text = """{"a":"é😀"}""";

    [Fact]
    public void UTF8_is_what_it_says() => Read(Encoding.UTF8.GetBytes(Text)).ShouldBe(Text);

    [Fact]
    public void A_byte_order_mark_is_no_part_of_it() => Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)]).ShouldBe(Text);

    [Fact]
    public void Nothing_is_an_empty_text() => Read([]).ShouldBe("");

    [Fact]
    public void A_byte_that_is_no_UTF8_is_told_with_its_place() => Read([.. "ab\nc"u8, 0xE9, .. "d"u8]).ShouldBe(
        "The body has a byte that is no UTF-8, 0xE9, at offset 4, in line 2. Text must be UTF-8. Save or send it as UTF-8.");

    [Fact]
    public void A_character_that_is_cut_off_is_told_too() => Read([.. "abc"u8, 0xF0, 0x9F]).ShouldContain("0xF0, at offset 3");

    [Theory]
    [InlineData("utf-16", true, "UTF-16")]
    [InlineData("utf-16", false, "UTF-16")]
    [InlineData("utf-16BE", true, "UTF-16")]
    [InlineData("utf-16BE", false, "UTF-16")]
    [InlineData("utf-32", true, "UTF-32")]
    [InlineData("utf-32", false, "UTF-32")]
    [InlineData("utf-32BE", true, "UTF-32")]
    [InlineData("utf-32BE", false, "UTF-32")]
    public void Other_encodings_are_named(string encoding, bool withMark, string name)
    {
        var other = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. withMark ? other.GetPreamble() : [], .. other.GetBytes(Text)];

        Read(bytes).ShouldBe($"The body is {name} text. Text must be UTF-8. Save or send it as UTF-8.");
    }

    private static string Read(byte[] bytes) => Utf8Text.TryRead(bytes, "The body", out var text, out var problem) ? text : problem;
}
