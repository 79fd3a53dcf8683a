using System.Text;
using System.Text.Json;
using Saga.Contracts.Json;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Values;

public sealed class When_a_value_is_checked
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(48)]
    public void As_many_arrays_as_allowed_may_be_inside_each_other(int depth)
    {
        Check(Arrays(depth), depth).ShouldBeNull();
        Check(Arrays(depth + 1), depth).ShouldNotBeNull().Code.ShouldBe("value_too_deep");
    }

    [Fact]
    public void Objects_count_like_arrays_and_what_stands_side_by_side_does_not_add_up()
    {
        Check("""{"a":[{"b":[]},{"b":[]}],"c":[[[]]]}""", 4).ShouldBeNull();
        Check("""{"a":[{"b":[]},{"b":[1,{"x":"[{"}]}]}""", 4).ShouldNotBeNull().Pointer.ShouldBe("/a/1/b/1");
    }

    [Theory]
    [InlineData("""{"a":["\ud800"]}""", "/a/0")]
    [InlineData("""{"a":["\uDC00"]}""", "/a/0")]
    [InlineData("""["\ud83d\ude00","\ud83d \ude00"]""", "/1")]
    [InlineData("""{"x/~y":{"\ud800":1}}""", "/x~1~0y/\uFFFD")]
    [InlineData("""[[],[1,"\\\ud800"]]""", "/1/1")]
    public void Half_of_a_surrogate_pair_is_found(string json, string pointer)
    {
        var fault = Check(json, 48).ShouldNotBeNull();

        (fault.Code, fault.Pointer).ShouldBe(("invalid_text", pointer));
    }

    [Theory]
    [InlineData("""["\ud83d\ude00","\\ud800","\\\\ud83d","😀","\u0000","\uD7FF","\uE000","\uFFFF"]""")]
    [InlineData("""{"\ud83d\ude00":1,"\ud83d\ude00":2,"number":-0.0E-400}""")]
    public void Whole_pairs_and_all_other_characters_are_text(string json) => Check(json, 48).ShouldBeNull();

    [Fact]
    public void A_byte_that_is_no_UTF8_is_found()
    {
        byte[] json = [.. "{\"a\":[\"é\",\"h"u8, 0xE9, .. "\"]}"u8];

        var fault = ValueRule.Check(json, 48).ShouldNotBeNull();

        (fault.Code, fault.Pointer).ShouldBe(("invalid_text", "/a/1"));
    }

    [Fact]
    public void The_fact_the_place_the_rule_and_the_remedy_are_told() => Check("""{"a":"\ud800"}""", 48)!.ToError("`input`", "/input").Message.ShouldBe(
        "`input` has half of a surrogate pair, which is no character, in a text at `/a`. Text is Unicode. Correct it or leave it out.");

    [Fact]
    public void A_pointer_is_no_longer_than_somebody_reads()
    {
        var name = new string('x', 100_000);

        var error = Check($$"""{"{{name}}":"\ud800"}""", 48)!.ToError("`input`", "/input");

        error.Pointer.Length.ShouldBeLessThan(500);
        error.Message.Length.ShouldBeLessThan(300);
    }

    [Fact]
    public void What_is_no_JSON_is_left_to_its_parser() => ValueRule.Check("[[[[}"u8, 4).ShouldBeNull();

    [Fact]
    public void Text_is_Unicode_without_halves()
    {
        new[] { "", "a😀b", "\uD7FF\uE000" }.ShouldAllBe(text => ValueRule.IsUnicode(text));
        new[] { "a\uD83Db", "\uDE00\uD83D", "😀\uD83D" }.ShouldAllBe(text => !ValueRule.IsUnicode(text));
    }

    [Fact]
    public void A_text_can_be_mended()
    {
        WrittenText.Mend("a\uD83Db😀\uDE00").ShouldBe("a\uFFFDb😀\uFFFD");
        WrittenText.Mend("a😀").ShouldBe("a😀");
    }

    private static ValueFault? Check(string json, int depth) =>
        ValueRule.Check(JsonElement.Parse(Encoding.UTF8.GetBytes(json), new JsonDocumentOptions { MaxDepth = 100 }), depth);

    private static string Arrays(int depth) => $"{new string('[', depth)}1{new string(']', depth)}";
}
