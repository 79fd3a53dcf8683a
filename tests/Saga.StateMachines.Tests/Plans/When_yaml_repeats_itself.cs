using System.Text;
using System.Text.Json;
using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

/// <summary>Aliases stand for more than what was written. What they stand for is bounded while it is read, so that no document takes more than its due.</summary>
public sealed class When_yaml_repeats_itself
{
    private const int Mebibyte = 1024 * 1024;

    // Reading is as fast as it is thrifty: whoever is slow on such text writes it out first. The parser alone takes up to 220 MB, of which it keeps nothing.
    private const long MostBytes = 400L * Mebibyte;

    [Fact]
    public void An_alias_gives_what_was_marked_with_its_name() =>
        Json("a: &a [1, {b: x}]\nc: *a\nd: &a 2\ne: *a").ShouldBe("""{"a":[1,{"b":"x"}],"c":[1,{"b":"x"}],"d":2,"e":2}""");

    [Fact]
    public void A_name_can_be_marked_and_repeated() =>
        Json("&k key: 1\na: *k\nb: {*k : 2}\nc: &v value\n*v : 3").ShouldBe("""{"key":1,"a":"key","b":{"key":2},"c":"value","value":3}""");

    [Theory]
    [InlineData("a: &a [*a]")]
    [InlineData("a: &a 1\nb: &a [*a]")]
    [InlineData("a: *b\nb: &b 1")]
    [InlineData("a: &a {b: [{c: *a}]}")]
    public void Nothing_is_part_of_itself_or_of_what_comes_before(string text)
    {
        PlanReader.ToJson(text, out var errors).ShouldBeNull();
        errors.ShouldHaveSingleItem().Message.ShouldContain("stands for nothing, or for something it is part of");
    }

    [Theory]
    [InlineData(20, 20, 100_000)]
    [InlineData(40, 50, 100_000)]
    [InlineData(1, 60, 50_000)]
    [InlineData(1, 2, 900_000)]
    public void Long_texts_are_not_repeated_without_end(int lists, int aliases, int length)
    {
        var text = new StringBuilder($"long: &long {new string('x', length)}\n");
        for (var list = 0; list < lists; list++)
            text.Append($"l{list}: [{string.Join(", ", Enumerable.Repeat("*long", aliases))}]\n");
        Refused(text.ToString(), "too_large");
    }

    [Theory]
    [InlineData("[{0}]")]
    [InlineData("{{0: [{0}]}}")]
    public void Aliases_of_aliases_are_refused(string shape)
    {
        var text = new StringBuilder("a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
        for (var level = 1; level < 30; level++)
            text.Append($"a{level}: &a{level} {string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10)))}\n");
        Refused(text.ToString(), "too_large");
    }

    [Fact]
    public void A_long_name_is_not_repeated_without_end() =>
        Refused($"- &k {new string('x', 300_000)}\n{string.Concat(Enumerable.Repeat("- {*k : 1}\n", 50_000))}", "too_large");

    [Fact]
    public void What_aliases_stand_for_is_no_deeper_than_what_is_written()
    {
        var text = new StringBuilder("a0: &a0 1\n");
        for (var level = 1; level < 600; level++)
            text.Append($"a{level}: &a{level} [*a{level - 1}]\n");
        Refused(text.ToString(), "nested_too_deep", line: 513);
    }

    [Fact]
    public void Merging_is_bounded_where_it_gives_nothing_new()
    {
        var big = string.Join(", ", Enumerable.Range(0, 20_000).Select(index => $"k{index}: {index}"));
        Refused($"a: &a {{{big}}}\nb:\n  <<: [{string.Join(", ", Enumerable.Repeat("*a", 100_000))}]\n", "too_large", line: 3);
    }

    [Fact]
    public void Merging_of_what_is_merged_is_bounded()
    {
        var text = new StringBuilder("a0: &a0 {k: 1}\n");
        for (var level = 1; level < 60; level++)
            text.Append($"a{level}: &a{level} {{<<: [*a{level - 1}, *a{level - 1}], l{level}: [*a{level - 1}, *a{level - 1}]}}\n");
        Refused(text.ToString(), "too_large");
    }

    [Fact]
    public void A_long_chain_of_merges_is_no_deep_one()
    {
        var text = new StringBuilder("a0: &a0 {k: 1}\n");
        for (var level = 1; level < 20_000; level++)
            text.Append($"a{level}: &a{level} {{<<: *a{level - 1}}}\n");
        Json(text.ToString()).ShouldEndWith("""{"k":1}}""");
    }

    [Theory]
    [InlineData("[", "nested_too_deep")]
    [InlineData("[\n", "nested_too_deep")]
    [InlineData("{\"a\":", "nested_too_deep")]
    [InlineData("[ ", "nested_too_deep", "---\n")]
    [InlineData("{ a: ", "nested_too_deep", "---\n")]
    [InlineData("- ", "nested_too_deep")]
    [InlineData("? ", "nested_too_deep")]
    [InlineData("a: {", "nested_too_deep")]
    [InlineData("a: [", "nested_too_deep")]
    [InlineData("&a ", "invalid_yaml")]
    [InlineData("!a ", "invalid_yaml")]
    [InlineData("---\n", "invalid_yaml")]
    [InlineData("\t", "invalid_yaml")]
    [InlineData("%a\n", "invalid_yaml")]
    [InlineData("? a\n", "too_large")]
    [InlineData("?\n", "too_large")]
    [InlineData(": ", "invalid_yaml")]
    [InlineData("- |\n a\n", "wrong_type")]
    [InlineData("- [[[]]]\n", "wrong_type")]
    [InlineData("9", "wrong_type")]
    [InlineData("- 1\n", "wrong_type")]
    [InlineData("- &a 1\n", "wrong_type")]
    public void A_mebibyte_of_anything_is_refused_at_little_cost(string part, string code, string before = "")
    {
        var text = before + string.Concat(Enumerable.Repeat(part, (Mebibyte - before.Length) / part.Length));
        Measured(() => PlanReader.ReadText(text).Errors[0].Code).ShouldBe(code);
    }

    [Fact]
    public void Where_it_is_wrong_is_said_at_little_cost_however_long_the_names_are()
    {
        var name = new string('n', 8_000);
        var text = new StringBuilder("nodes:\n- name: a\n  step: x\n  input: ");
        for (var level = 0; level < 40; level++)
            text.Append($"{{{name}: ");
        text.Append($"[{string.Join(", ", Enumerable.Repeat("${", 50_000))}]{new string('}', 40)}\n");
        var errors = Measured(() => PlanReader.ReadText(text.ToString().Replace("${", "'${'", StringComparison.Ordinal)).Errors);
        errors[^1].Code.ShouldBe("too_many_problems");
        errors.Sum(error => error.Pointer.Length).ShouldBeLessThan(2 * Mebibyte);
        errors[0].Line.ShouldBe(4);
    }

    private static string Json(string text)
    {
        var json = PlanReader.ToJson(text, out var errors);
        errors.Select(error => $"{error.Line}: {error.Message}").ShouldBeEmpty();
        return json!.Value.GetRawText();
    }

    private static void Refused(string text, string code, int? line = null)
    {
        text.Length.ShouldBeLessThan(Mebibyte);
        var error = Measured(() => PlanReader.ReadText(text)).Errors.ShouldHaveSingleItem();
        error.Code.ShouldBe(code);
        error.Line.ShouldNotBeNull();
        if (line is not null)
            error.Line.ShouldBe(line);
        JsonSerializer.Serialize(error).Length.ShouldBeLessThan(1_000);
    }

    private static T Measured<T>(Func<T> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = read();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytes);
        return result;
    }
}
