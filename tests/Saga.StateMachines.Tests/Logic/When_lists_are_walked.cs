using Xunit;

namespace Saga.StateMachines.Tests.Logic;

/// <summary><c>map</c>, <c>filter</c>, <c>reduce</c>, <c>all</c>, <c>none</c> and <c>some</c>.</summary>
public sealed class When_lists_are_walked
{
    [Theory]
    [InlineData("""[{"map": [[1, 2, 3], {"*": [{"var": ""}, 2]}]}, [2, 4, 6]]""")]
    [InlineData("""[{"map": [{"var": "l"}, {"var": "x"}]}, {"l": [{"x": 1}, {"x": 2}, {"y": 3}]}, [1, 2, null]]""")]
    [InlineData("""[{"map": [{"var": "l"}, {"%": [{"var": ""}, 2]}]}, {"l": [1, 2, 3]}, [1, 0, 1]]""")]
    [InlineData("""[{"map": [[1, 2], "same"]}, ["same", "same"]]""")]
    [InlineData("""[{"map": [[1, 2], [{"var": ""}, 0]]}, [[1, 0], [2, 0]]]""")]
    [InlineData("""[{"map": [[[1, 2], [3]], {"map": [{"var": ""}, {"+": [{"var": ""}, 10]}]}]}, [[11, 12], [13]]]""")]
    [InlineData("""[{"map": [[1], {"/": [{"var": ""}, 0]}]}, [null]]""")]
    [InlineData("""[{"map": [[1, 2]]}, [null, null]]""")]
    [InlineData("""[{"map": [["ab"], {"var": "1"}]}, ["b"]]""")]
    [InlineData("""[{"map": [{"missing": ["a", "b"]}, {"cat": ["no ", {"var": ""}]}]}, {}, ["no a", "no b"]]""")]
    public void Maps(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"filter": [[1, 2, 3, 4], {">": [{"var": ""}, 2]}]}, [3, 4]]""")]
    [InlineData("""[{"filter": [{"var": "l"}, {"var": "ok"}]}, {"l": [{"n": 1, "ok": true}, {"n": 2, "ok": []}, {"n": 3, "ok": "0"}]}, [{"n": 1, "ok": true}, {"n": 3, "ok": "0"}]]""")]
    [InlineData("""[{"filter": [[0, 1, "", "a", null, [], [0]], {"var": ""}]}, [1, "a", [0]]]""")]
    [InlineData("""[{"filter": [[1, 2], true]}, [1, 2]]""")]
    [InlineData("""[{"filter": [[1, 2], false]}, []]""")]
    [InlineData("""[{"filter": [[1, 2]]}, []]""")]
    [InlineData("""[{"map": [{"filter": [{"var": "l"}, {"<": [{"var": "n"}, 3]}]}, {"var": "n"}]}, {"l": [{"n": 1}, {"n": 5}, {"n": 2}]}, [1, 2]]""")]
    public void Filters(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"reduce": [[1, 2, 3], {"+": [{"var": "current"}, {"var": "accumulator"}]}, 0]}, 6]""")]
    [InlineData("""[{"reduce": [{"var": "l"}, {"+": [{"var": "current.n"}, {"var": "accumulator"}]}, 10]}, {"l": [{"n": 1}, {"n": 2}]}, 13]""")]
    [InlineData("""[{"reduce": [[1, 2, 3], {"*": [{"var": "current"}, {"var": "accumulator"}]}, 1]}, 6]""")]
    [InlineData("""[{"reduce": [[], {"var": "current"}, 5]}, 5]""")]
    [InlineData("""[{"reduce": [[], {"var": "current"}]}, null]""")]
    [InlineData("""[{"reduce": [[1, 2], {"var": "accumulator"}]}, null]""")]
    [InlineData("""[{"reduce": [[1, 2], {"-": [{"var": "current"}, {"var": "accumulator"}]}]}, 1]""")]
    [InlineData("""[{"reduce": [["a", "b", "c"], {"cat": [{"var": "accumulator"}, {"var": "current"}]}, ">"]}, ">abc"]""")]
    [InlineData("""[{"reduce": [[1, 2, 3], {"merge": [{"var": "current"}, {"var": "accumulator"}]}, []]}, [3, 2, 1]]""")]
    [InlineData("""[{"reduce": [[1, 2], {"var": "current"}, {"var": "start"}]}, {"start": 9}, 2]""")]
    [InlineData("""[{"reduce": [[], 0, {"var": "start"}]}, {"start": 9}, 9]""")]
    [InlineData("""[{"reduce": [{"var": "no"}, {"var": "current"}, {"var": "start"}]}, {"start": 9}, 9]""")]
    [InlineData("""[{"reduce": [[1], {"var": ""}, 0]}, {"current": 1, "accumulator": 0}]""")]
    [InlineData("""[{"reduce": [[1, 2], {"var": ""}, 0]}, {"current": 2, "accumulator": {"current": 1, "accumulator": 0}}]""")]
    [InlineData("""[{"reduce": [[1, 2]]}, null]""")]
    [InlineData("""[{"reduce": [[1], {"var": ["other", "none"]}, 0]}, "none"]""")]
    [InlineData("""[{"reduce": [[1, 2], {"max": [{"var": "current"}, {"var": "accumulator"}]}, {"-": [1]}]}, 2]""")]
    public void Reduces(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"all": [[1, 2, 3], {">": [{"var": ""}, 0]}]}, true]""")]
    [InlineData("""[{"all": [[1, 2, 3], {">": [{"var": ""}, 1]}]}, false]""")]
    [InlineData("""[{"all": [[], {">": [{"var": ""}, 1]}]}, false]""")]
    [InlineData("""[{"all": [{"var": "l"}, {">": [{"var": "n"}, 1]}]}, {"l": [{"n": 2}, {"n": 3}]}, true]""")]
    [InlineData("""[{"all": [[1, 2]]}, false]""")]
    public void Asks_for_all(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"none": [[1, 2, 3], {">": [{"var": ""}, 3]}]}, true]""")]
    [InlineData("""[{"none": [[1, 2, 3], {">": [{"var": ""}, 2]}]}, false]""")]
    [InlineData("""[{"none": [[], {">": [{"var": ""}, 3]}]}, true]""")]
    [InlineData("""[{"none": [[1, 2]]}, true]""")]
    public void Asks_for_none(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"some": [[1, 2, 3], {">": [{"var": ""}, 2]}]}, true]""")]
    [InlineData("""[{"some": [[1, 2, 3], {">": [{"var": ""}, 3]}]}, false]""")]
    [InlineData("""[{"some": [[], {">": [{"var": ""}, 3]}]}, false]""")]
    [InlineData("""[{"some": [{"var": "l"}, {"==": [{"var": "kind"}, "pie"]}]}, {"l": [{"kind": "cake"}, {"kind": "pie"}]}, true]""")]
    [InlineData("""[{"some": [[1, 2]]}, false]""")]
    public void Asks_for_some(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"all": [[0, 1], {"if": [{"var": ""}, {"no_such_operator": 1}, false]}]}, false]""")]
    [InlineData("""[{"some": [[0, 1], {"if": [{"var": ""}, {"no_such_operator": 1}, true]}]}, true]""")]
    [InlineData("""[{"none": [[0, 1], {"if": [{"var": ""}, {"no_such_operator": 1}, true]}]}, false]""")]
    public void Stops_at_the_element_that_decides(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"map": ["text", {"var": ""}]}, []]""")]
    [InlineData("""[{"map": [null, {"var": ""}]}, []]""")]
    [InlineData("""[{"map": [{"var": "o"}, {"var": ""}]}, {"o": {"a": 1}}, []]""")]
    [InlineData("""[{"map": []}, []]""")]
    [InlineData("""[{"map": 5}, []]""")]
    [InlineData("""[{"filter": [{"var": "no"}, true]}, {}, []]""")]
    [InlineData("""[{"filter": [1, true]}, []]""")]
    [InlineData("""[{"reduce": [1, {"var": "current"}, "start"]}, "start"]""")]
    [InlineData("""[{"reduce": []}, null]""")]
    [InlineData("""[{"all": ["text", true]}, false]""")]
    [InlineData("""[{"all": [null, true]}, false]""")]
    [InlineData("""[{"none": ["text", true]}, true]""")]
    [InlineData("""[{"none": []}, true]""")]
    [InlineData("""[{"some": [{"var": "no"}, true]}, {}, false]""")]
    [InlineData("""[{"some": []}, false]""")]
    public void Takes_what_is_no_list_for_an_empty_one(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"map": [{"var": "l"}, {"var": "outer"}]}, {"l": [{}, 1], "outer": 1}, [null, null]]""")]
    [InlineData("""[{"filter": [[1, 2], {"==": [{"var": ""}, {"var": "two"}]}]}, {"two": 2}, []]""")]
    public void Shows_the_rule_nothing_but_the_element(string example) => Example.Holds(example);
}
