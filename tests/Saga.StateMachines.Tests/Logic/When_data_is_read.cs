using Xunit;

namespace Saga.StateMachines.Tests.Logic;

/// <summary>What <c>var</c> finds.</summary>
public sealed class When_data_is_read
{
    [Theory]
    [InlineData("""[{"var": "a"}, {"a": 1}, 1]""")]
    [InlineData("""[{"var": ["a"]}, {"a": 1}, 1]""")]
    [InlineData("""[{"var": "a.b"}, {"a": {"b": "x"}}, "x"]""")]
    [InlineData("""[{"var": "a.b.c.d"}, {"a": {"b": {"c": {"d": true}}}}, true]""")]
    [InlineData("""[{"var": "a"}, {"a": {"b": [1, 2]}}, {"b": [1, 2]}]""")]
    [InlineData("""[{"var": "a"}, {"a": null}, null]""")]
    [InlineData("""[{"var": "a"}, {"a": false}, false]""")]
    [InlineData("""[{"var": "a"}, {"a": ""}, ""]""")]
    [InlineData("""[{"var": "A"}, {"a": 1}, null]""")]
    [InlineData("""[{"var": "é"}, {"\u00e9": 1}, 1]""")]
    [InlineData("""[{"var": "a b"}, {"a b": 1}, 1]""")]
    [InlineData("""[{"var": "a."}, {"a": {"": 1}}, 1]""")]
    [InlineData("""[{"var": ".a"}, {"": {"a": 1}}, 1]""")]
    [InlineData("""[{"var": "a.b"}, {"a.b": 1}, null]""")]
    [InlineData("""[{"var": "a"}, {"a": 1, "a": 2}, 2]""")]
    public void Follows_a_path_of_names(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"var": 0}, ["x", "y"], "x"]""")]
    [InlineData("""[{"var": 1}, ["x", "y"], "y"]""")]
    [InlineData("""[{"var": "1"}, ["x", "y"], "y"]""")]
    [InlineData("""[{"var": [1]}, ["x", "y"], "y"]""")]
    [InlineData("""[{"var": 2}, ["x", "y"], null]""")]
    [InlineData("""[{"var": -1}, ["x", "y"], null]""")]
    [InlineData("""[{"var": "a.1"}, {"a": [1, 2]}, 2]""")]
    [InlineData("""[{"var": "a.1.b.0"}, {"a": [0, {"b": [7]}]}, 7]""")]
    [InlineData("""[{"var": 1.5}, [0, [1, 2, 3, 4, 5, "six"]], "six"]""")]
    [InlineData("""[{"var": 1}, {"1": "name"}, "name"]""")]
    [InlineData("""[{"var": "01"}, ["x", "y"], null]""")]
    [InlineData("""[{"var": "-0"}, ["x"], null]""")]
    [InlineData("""[{"var": " 0"}, ["x"], null]""")]
    [InlineData("""[{"var": "+0"}, ["x"], null]""")]
    [InlineData("""[{"var": "99999999999"}, ["x"], null]""")]
    [InlineData("""[{"var": "a.length"}, {"a": [1, 2, 3]}, 3]""")]
    public void Takes_an_index_where_there_is_a_list(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"var": "s.0"}, {"s": "hey"}, "h"]""")]
    [InlineData("""[{"var": "s.2"}, {"s": "hey"}, "y"]""")]
    [InlineData("""[{"var": "s.3"}, {"s": "hey"}, null]""")]
    [InlineData("""[{"var": "s.length"}, {"s": "hey"}, 3]""")]
    [InlineData("""[{"var": "length"}, "hey", 3]""")]
    public void Takes_an_index_where_there_is_a_text(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"var": ""}, {"a": 1}, {"a": 1}]""")]
    [InlineData("""[{"var": ""}, 1, 1]""")]
    [InlineData("""[{"var": ""}, null, null]""")]
    [InlineData("""[{"var": null}, [1, 2], [1, 2]]""")]
    [InlineData("""[{"var": []}, "x", "x"]""")]
    [InlineData("""[{"var": [""]}, true, true]""")]
    [InlineData("""[{"var": [null]}, true, true]""")]
    [InlineData("""[{"var": ["", "default"]}, null, null]""")]
    public void Is_all_of_the_data_without_a_path(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"var": "b"}, {"a": 1}, null]""")]
    [InlineData("""[{"var": ["b", 2]}, {"a": 1}, 2]""")]
    [InlineData("""[{"var": ["a", 2]}, {"a": 1}, 1]""")]
    [InlineData("""[{"var": ["a", 2]}, {"a": null}, null]""")]
    [InlineData("""[{"var": ["a", 2]}, {"a": false}, false]""")]
    [InlineData("""[{"var": ["a.b", 2]}, {"a": null}, 2]""")]
    [InlineData("""[{"var": ["a.b.c", 2]}, {"a": {}}, 2]""")]
    [InlineData("""[{"var": ["a.b", 2]}, {"a": 5}, 2]""")]
    [InlineData("""[{"var": ["a", 2]}, null, 2]""")]
    [InlineData("""[{"var": ["a", 2]}, 5, 2]""")]
    [InlineData("""[{"var": ["a", 2]}, "text", 2]""")]
    [InlineData("""[{"var": ["a", null]}, {}, null]""")]
    [InlineData("""[{"var": ["a", {"var": "b"}]}, {"b": 3}, 3]""")]
    [InlineData("""[{"var": ["a", [1, {"var": "b"}]]}, {"b": 3}, [1, 3]]""")]
    [InlineData("""[{"var": ["a", 1, 2]}, {}, 1]""")]
    public void Falls_back_when_nothing_is_there(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"var": {"var": "n"}}, {"n": "a", "a": 1}, 1]""")]
    [InlineData("""[{"var": [{"cat": ["a.", {"var": "i"}]}]}, {"i": 1, "a": [5, 6]}, 6]""")]
    [InlineData("""[{"var": {"if": [true, "a", "b"]}}, {"a": 1, "b": 2}, 1]""")]
    [InlineData("""[{"var": true}, {"true": 1}, 1]""")]
    [InlineData("""[{"var": [["a", "b"]]}, {"a,b": 1}, 1]""")]
    [InlineData("""[{"var": [["a"]]}, {"a": 1}, 1]""")]
    [InlineData("""[{"var": {"x": 1, "y": 2}}, {"[object Object]": 1}, 1]""")]
    public void Takes_a_name_that_is_computed(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"var": "toString"}, {}, null]""")]
    [InlineData("""[{"var": "constructor.name"}, {}, null]""")]
    [InlineData("""[{"var": ["a.map", 1]}, {"a": []}, 1]""")]
    [InlineData("""[{"var": "__proto__"}, {}, null]""")]
    public void Finds_nothing_that_only_javascript_has(string example) => Example.Holds(example);
}
