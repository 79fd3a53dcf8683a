using Xunit;

namespace Saga.StateMachines.Tests.Logic;

/// <summary><c>cat</c>, <c>substr</c>, <c>log</c>, and how values look as text.</summary>
public sealed class When_text_is_put_together
{
    [Theory]
    [InlineData("""[{"cat": ["a", "b"]}, "ab"]""")]
    [InlineData("""[{"cat": ["a", "b", "c", "d"]}, "abcd"]""")]
    [InlineData("""[{"cat": "a"}, "a"]""")]
    [InlineData("""[{"cat": []}, ""]""")]
    [InlineData("""[{"cat": ["Hello, ", {"var": "name"}, "!"]}, {"name": "Ada"}, "Hello, Ada!"]""")]
    [InlineData("""[{"cat": ["\"", "\\", "\n", "é", "\ud83d\ude00"]}, "\"\\\n\u00e9\ud83d\ude00"]""")]
    [InlineData("""[{"cat": ["\ud83d", "\ude00"]}, "\ud83d\ude00"]""")]
    [InlineData("""[{"cat": ["\u0061\/\b\f\r\t"]}, "a/\b\f\r\t"]""")]
    public void Puts_texts_one_after_the_other(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"cat": [null]}, ""]""")]
    [InlineData("""[{"cat": [true, false]}, "truefalse"]""")]
    [InlineData("""[{"cat": ["a", null, "b"]}, "ab"]""")]
    [InlineData("""[{"cat": [[1, 2], 3]}, "1,23"]""")]
    [InlineData("""[{"cat": [[1, [2, [3, null]], true]]}, "1,2,3,,true"]""")]
    [InlineData("""[{"cat": [[]]}, ""]""")]
    [InlineData("""[{"cat": [[null]]}, ""]""")]
    [InlineData("""[{"cat": [{}]}, "[object Object]"]""")]
    [InlineData("""[{"cat": [{"a": 1, "b": 2}, [{}]]}, "[object Object][object Object]"]""")]
    [InlineData("""[{"cat": [{"var": "l"}]}, {"l": [1, {"a": 1}, "x"]}, "1,[object Object],x"]""")]
    [InlineData("""[{"cat": [{"var": "none"}, "x"]}, {}, "x"]""")]
    public void Writes_every_value_as_text(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"cat": [1.0]}, "1"]""")]
    [InlineData("""[{"cat": [0]}, "0"]""")]
    [InlineData("""[{"cat": [-0.0]}, "0"]""")]
    [InlineData("""[{"cat": [-1.50]}, "-1.5"]""")]
    [InlineData("""[{"cat": [1e2]}, "100"]""")]
    [InlineData("""[{"cat": [0.1]}, "0.1"]""")]
    [InlineData("""[{"cat": [{"+": [0.1, 0.2]}]}, "0.30000000000000004"]""")]
    [InlineData("""[{"cat": [{"/": [1, 3]}]}, "0.3333333333333333"]""")]
    [InlineData("""[{"cat": [{"/": [2, 3]}]}, "0.6666666666666666"]""")]
    [InlineData("""[{"cat": [0.000001]}, "0.000001"]""")]
    [InlineData("""[{"cat": [0.0000001]}, "1e-7"]""")]
    [InlineData("""[{"cat": [0.00000123]}, "0.00000123"]""")]
    [InlineData("""[{"cat": [1.5e-10]}, "1.5e-10"]""")]
    [InlineData("""[{"cat": [123456789012345680000]}, "123456789012345680000"]""")]
    [InlineData("""[{"cat": [1e20]}, "100000000000000000000"]""")]
    [InlineData("""[{"cat": [1e21]}, "1e+21"]""")]
    [InlineData("""[{"cat": [1.25e22]}, "1.25e+22"]""")]
    [InlineData("""[{"cat": [1e23]}, "1e+23"]""")]
    [InlineData("""[{"cat": [-1e-9]}, "-1e-9"]""")]
    [InlineData("""[{"cat": [5e-324]}, "5e-324"]""")]
    [InlineData("""[{"cat": [1.7976931348623157e308]}, "1.7976931348623157e+308"]""")]
    [InlineData("""[{"cat": [123456.789]}, "123456.789"]""")]
    [InlineData("""[{"cat": [{"/": [0, 0]}]}, "NaN"]""")]
    [InlineData("""[{"cat": [{"/": [1, 0]}, {"/": [-1, 0]}]}, "Infinity-Infinity"]""")]
    public void Writes_numbers_as_javascript_does(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"substr": ["jsonlogic", 4]}, "logic"]""")]
    [InlineData("""[{"substr": ["jsonlogic", 0]}, "jsonlogic"]""")]
    [InlineData("""[{"substr": ["jsonlogic", 9]}, ""]""")]
    [InlineData("""[{"substr": ["jsonlogic", 99]}, ""]""")]
    [InlineData("""[{"substr": ["jsonlogic", -5]}, "logic"]""")]
    [InlineData("""[{"substr": ["jsonlogic", -99]}, "jsonlogic"]""")]
    [InlineData("""[{"substr": ["jsonlogic", 1.9]}, "sonlogic"]""")]
    [InlineData("""[{"substr": ["jsonlogic", -1.9]}, "c"]""")]
    [InlineData("""[{"substr": ["jsonlogic", "4"]}, "logic"]""")]
    [InlineData("""[{"substr": ["jsonlogic", "x"]}, "jsonlogic"]""")]
    [InlineData("""[{"substr": ["jsonlogic", null]}, "jsonlogic"]""")]
    [InlineData("""[{"substr": ["jsonlogic"]}, "jsonlogic"]""")]
    [InlineData("""[{"substr": "jsonlogic"}, "jsonlogic"]""")]
    public void Takes_a_part_from_a_start_to_the_end(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"substr": ["jsonlogic", 1, 3]}, "son"]""")]
    [InlineData("""[{"substr": ["jsonlogic", 4, 99]}, "logic"]""")]
    [InlineData("""[{"substr": ["jsonlogic", 4, 0]}, ""]""")]
    [InlineData("""[{"substr": ["jsonlogic", -5, 3]}, "log"]""")]
    [InlineData("""[{"substr": ["jsonlogic", 0, 1.9]}, "j"]""")]
    [InlineData("""[{"substr": ["jsonlogic", 0, "4"]}, "json"]""")]
    [InlineData("""[{"substr": ["jsonlogic", 0, null]}, ""]""")]
    [InlineData("""[{"substr": ["jsonlogic", 0, "x"]}, ""]""")]
    [InlineData("""[{"substr": ["jsonlogic", 0, true]}, "j"]""")]
    public void Takes_a_part_of_a_length(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"substr": ["jsonlogic", 4, -2]}, "log"]""")]
    [InlineData("""[{"substr": ["jsonlogic", 0, -5]}, "json"]""")]
    [InlineData("""[{"substr": ["jsonlogic", -5, -2]}, "log"]""")]
    [InlineData("""[{"substr": ["jsonlogic", 4, -5]}, ""]""")]
    [InlineData("""[{"substr": ["jsonlogic", 4, -99]}, ""]""")]
    [InlineData("""[{"substr": ["jsonlogic", 0, -8.5]}, ""]""")]
    [InlineData("""[{"substr": ["jsonlogic", 0, -7.5]}, "j"]""")]
    [InlineData("""[{"substr": ["jsonlogic", 0, "-2"]}, ""]""")]
    public void Takes_a_part_up_to_an_end(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"substr": [12345, 1, 2]}, "23"]""")]
    [InlineData("""[{"substr": [null, 1]}, "ull"]""")]
    [InlineData("""[{"substr": [true, 0, 1]}, "t"]""")]
    [InlineData("""[{"substr": [[1, 2, 3], 2]}, "2,3"]""")]
    [InlineData("""[{"substr": [{}, 1, 6]}, "object"]""")]
    [InlineData("""[{"substr": []}, "undefined"]""")]
    public void Takes_a_part_of_what_is_no_text(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"substr": ["\ud83d\ude00", 1]}, "\ufffd"]""")]
    [InlineData("""[{"substr": ["a\ud83d\ude00", 0, 2]}, "a\ufffd"]""")]
    public void Writes_half_a_character_as_the_replacement_character(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"log": "x"}, "x"]""")]
    [InlineData("""[{"log": [1, 2]}, 1]""")]
    [InlineData("""[{"log": []}, null]""")]
    [InlineData("""[{"log": [[1, 2]]}, [1, 2]]""")]
    [InlineData("""[{"log": {"var": "a"}}, {"a": {"b": 1}}, {"b": 1}]""")]
    public void Returns_what_is_logged(string example) => Example.Holds(example);
}
