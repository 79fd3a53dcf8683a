using Xunit;

namespace Saga.StateMachines.Tests.Logic;

/// <summary>What <c>missing</c> and <c>missing_some</c> list.</summary>
public sealed class When_names_are_missing
{
    [Theory]
    [InlineData("""[{"missing": ["a", "b"]}, {"a": 1}, ["b"]]""")]
    [InlineData("""[{"missing": ["a", "b"]}, {}, ["a", "b"]]""")]
    [InlineData("""[{"missing": ["a", "b"]}, {"a": 1, "b": 2}, []]""")]
    [InlineData("""[{"missing": ["a", "b"]}, null, ["a", "b"]]""")]
    [InlineData("""[{"missing": "a"}, {}, ["a"]]""")]
    [InlineData("""[{"missing": "a"}, {"a": 1}, []]""")]
    [InlineData("""[{"missing": []}, {}, []]""")]
    [InlineData("""[{"missing": ["a.b", "a.c"]}, {"a": {"b": 1}}, ["a.c"]]""")]
    [InlineData("""[{"missing": [0, 2]}, ["x", "y"], [2]]""")]
    [InlineData("""[{"missing": ["a", "a"]}, {}, ["a", "a"]]""")]
    public void Lists_the_names_that_are_not_there(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"missing": ["a", "b", "c", "d", "e", "f"]}, {"a": null, "b": "", "c": 0, "d": false, "e": [], "f": {}}, ["a", "b"]]""")]
    public void Counts_null_and_the_empty_text_as_missing_and_nothing_else(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"missing": [["a", "b"]]}, {"a": 1}, ["b"]]""")]
    [InlineData("""[{"missing": [["a"], "b"]}, {}, ["a"]]""")]
    [InlineData("""[{"missing": {"merge": ["a", ["b", "c"]]}}, {"b": 1}, ["a", "c"]]""")]
    [InlineData("""[{"missing": {"merge": ["vin", {"if": [{"var": "financed"}, ["apr", "term"], []]}]}}, {"financed": true, "apr": 1}, ["vin", "term"]]""")]
    [InlineData("""[{"missing": {"merge": ["vin", {"if": [{"var": "financed"}, ["apr", "term"], []]}]}}, {"financed": false}, ["vin"]]""")]
    [InlineData("""[{"missing": {"var": "names"}}, {"names": ["a", "names"]}, ["a"]]""")]
    [InlineData("""[{"missing": ["a", ["b", 1]]}, {}, ["a"]]""")]
    [InlineData("""[{"if": [{"missing": "a"}, "missing", "there"]}, {"a": 1}, "there"]""")]
    [InlineData("""[{"if": [{"missing": "a"}, "missing", "there"]}, {}, "missing"]""")]
    public void Takes_the_names_from_a_list(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"missing_some": [1, ["a", "b", "c"]]}, {"a": 1}, []]""")]
    [InlineData("""[{"missing_some": [2, ["a", "b", "c"]]}, {"a": 1}, ["b", "c"]]""")]
    [InlineData("""[{"missing_some": [2, ["a", "b", "c"]]}, {"a": 1, "c": 2}, []]""")]
    [InlineData("""[{"missing_some": [0, ["a", "b"]]}, {}, []]""")]
    [InlineData("""[{"missing_some": [3, ["a", "b"]]}, {"a": 1, "b": 2}, []]""")]
    [InlineData("""[{"missing_some": [3, ["a", "b"]]}, {"a": 1}, ["b"]]""")]
    [InlineData("""[{"missing_some": ["1", ["a", "b"]]}, {"a": 1}, []]""")]
    [InlineData("""[{"missing_some": [1, []]}, {}, []]""")]
    [InlineData("""[{"missing_some": [1, {"var": "names"}]}, {"names": ["a", "b"]}, ["a", "b"]]""")]
    [InlineData("""[{"missing_some": [{"var": "n"}, ["a", "b"]]}, {"n": 1, "b": 1}, []]""")]
    [InlineData("""[{"missing_some": ["many", ["a", "b"]]}, {"a": 1}, ["b"]]""")]
    [InlineData("""[{"missing_some": [1, [["a", "b"]]]}, {"a": 1}, ["b"]]""")]
    [InlineData("""[{"missing_some": [1, [["a", "b"]]]}, {}, ["a", "b"]]""")]
    [InlineData("""[{"missing_some": [1, [["a", "b", "c"], "d"]]}, {"a": 1}, ["b", "c"]]""")]
    [InlineData("""[{"missing_some": [1, ["a", ["b", 7]]]}, {}, []]""")]
    [InlineData("""[{"missing_some": [1, "abc"]}, {}, []]""")]
    public void Lists_nothing_when_enough_are_there(string example) => Example.Holds(example);
}
