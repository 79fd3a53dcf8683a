using Xunit;

namespace Saga.StateMachines.Tests.Logic;

/// <summary><c>merge</c>, <c>in</c>, and lists as rules.</summary>
public sealed class When_lists_are_put_together
{
    [Theory]
    [InlineData("""[{"merge": [[1, 2], [3, 4]]}, [1, 2, 3, 4]]""")]
    [InlineData("""[{"merge": [1, 2, [3, 4]]}, [1, 2, 3, 4]]""")]
    [InlineData("""[{"merge": [[1, [2]], [[3]]]}, [1, [2], [3]]]""")]
    [InlineData("""[{"merge": []}, []]""")]
    [InlineData("""[{"merge": [[]]}, []]""")]
    [InlineData("""[{"merge": 1}, [1]]""")]
    [InlineData("""[{"merge": [null]}, [null]]""")]
    [InlineData("""[{"merge": null}, [null]]""")]
    [InlineData("""[{"merge": {"var": "l"}}, {"l": [1, 2]}, [1, 2]]""")]
    [InlineData("""[{"merge": [{"var": "l"}, {"var": "o"}, "x"]}, {"l": [1, {"a": 2}], "o": {"b": 3}}, [1, {"a": 2}, {"b": 3}, "x"]]""")]
    [InlineData("""[{"merge": [{"if": [{"var": "a"}, [1], []]}, 2]}, {"a": false}, [2]]""")]
    [InlineData("""[{"merge": [1, {"/": [0, 0]}]}, [1, null]]""")]
    public void Merges_lists_and_what_is_none(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"in": [1, [1, 2]]}, true]""")]
    [InlineData("""[{"in": [3, [1, 2]]}, false]""")]
    [InlineData("""[{"in": ["1", [1, 2]]}, false]""")]
    [InlineData("""[{"in": ["a", ["b", "a"]]}, true]""")]
    [InlineData("""[{"in": [null, [null]]}, true]""")]
    [InlineData("""[{"in": [null, []]}, false]""")]
    [InlineData("""[{"in": [1.0, [1]]}, true]""")]
    [InlineData("""[{"in": [true, [1, "true"]]}, false]""")]
    [InlineData("""[{"in": [[1], [[1]]]}, false]""")]
    [InlineData("""[{"in": [{"/": [0, 0]}, [{"/": [0, 0]}]]}, false]""")]
    [InlineData("""[{"in": [{"var": "o"}, {"var": "l"}]}, {"o": {"a": 1}, "l": [{"a": 1}]}, false]""")]
    [InlineData("""[{"in": [{"var": "l.0"}, {"var": "l"}]}, {"l": [{"a": 1}]}, true]""")]
    [InlineData("""[{"in": [{"var": "x"}, {"merge": [[1, 2], 3]}]}, {"x": 3}, true]""")]
    public void Finds_an_element(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"in": ["Spring", "Springfield"]}, true]""")]
    [InlineData("""[{"in": ["spring", "Springfield"]}, false]""")]
    [InlineData("""[{"in": ["i", "team"]}, false]""")]
    [InlineData("""[{"in": ["", "team"]}, true]""")]
    [InlineData("""[{"in": ["", ""]}, false]""")]
    [InlineData("""[{"in": ["teams", "team"]}, false]""")]
    [InlineData("""[{"in": [1, "a1"]}, true]""")]
    [InlineData("""[{"in": [1.5, "11.5"]}, true]""")]
    [InlineData("""[{"in": [null, "is null"]}, true]""")]
    [InlineData("""[{"in": [true, "so true"]}, true]""")]
    [InlineData("""[{"in": [[1, 2], "0,1,2,3"]}, true]""")]
    [InlineData("""[{"in": [[], "a"]}, true]""")]
    [InlineData("""[{"in": [{}, "an [object Object]"]}, true]""")]
    [InlineData("""[{"in": [{"var": "a"}, {"var": "b"}]}, {"a": "b", "b": "abc"}, true]""")]
    public void Finds_a_part_of_a_text(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"in": [1, 1]}, false]""")]
    [InlineData("""[{"in": [1, 11]}, false]""")]
    [InlineData("""[{"in": ["a", null]}, false]""")]
    [InlineData("""[{"in": ["a", true]}, false]""")]
    [InlineData("""[{"in": ["a"]}, false]""")]
    [InlineData("""[{"in": []}, false]""")]
    [InlineData("""[{"in": "a"}, false]""")]
    [InlineData("""[{"in": ["a", {}]}, false]""")]
    [InlineData("""[{"in": ["a", {"var": "o"}]}, {"o": {"a": 1}}, false]""")]
    public void Finds_nothing_in_anything_else(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[[], []]""")]
    [InlineData("""[[1, "a", null], [1, "a", null]]""")]
    [InlineData("""[[{"var": "a"}, {"+": [1, 1]}, [{"var": "a"}]], {"a": 5}, [5, 2, [5]]]""")]
    [InlineData("""[[{"and": []}, {"a": 1, "b": 2}], [null, {"a": 1, "b": 2}]]""")]
    public void Evaluates_each_element_of_a_list(string example) => Example.Holds(example);
}
