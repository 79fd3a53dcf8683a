using Xunit;

namespace Saga.StateMachines.Tests.Logic;

/// <summary><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> and <c>&gt;=</c>.</summary>
public sealed class When_values_are_ordered
{
    [Theory]
    [InlineData("""[{"<": [1, 2]}, true]""")]
    [InlineData("""[{"<": [2, 1]}, false]""")]
    [InlineData("""[{"<": [1, 1]}, false]""")]
    [InlineData("""[{"<=": [1, 1]}, true]""")]
    [InlineData("""[{"<=": [2, 1]}, false]""")]
    [InlineData("""[{">": [2, 1]}, true]""")]
    [InlineData("""[{">": [1, 1]}, false]""")]
    [InlineData("""[{">": [1, 2]}, false]""")]
    [InlineData("""[{">=": [1, 1]}, true]""")]
    [InlineData("""[{">=": [0, 1]}, false]""")]
    [InlineData("""[{"<": [-1.5, -1.25]}, true]""")]
    [InlineData("""[{"<": [{"var": "a"}, {"var": "b"}]}, {"a": 1, "b": 2}, true]""")]
    public void Compares_numbers(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"<": ["a", "b"]}, true]""")]
    [InlineData("""[{"<": ["B", "a"]}, true]""")]
    [InlineData("""[{"<": ["a", "aa"]}, true]""")]
    [InlineData("""[{"<": ["10", "9"]}, true]""")]
    [InlineData("""[{">": ["10", "9"]}, false]""")]
    [InlineData("""[{"<": ["", "a"]}, true]""")]
    [InlineData("""[{"<=": ["a", "a"]}, true]""")]
    [InlineData("""[{">=": ["a", "b"]}, false]""")]
    [InlineData("""[{"<": ["z", "é"]}, true]""")]
    [InlineData("""[{"<": ["\ud83d\ude00", "\uffee"]}, true]""")]
    public void Compares_two_texts_unit_by_unit(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"<": ["1", 2]}, true]""")]
    [InlineData("""[{"<": ["10", 9]}, false]""")]
    [InlineData("""[{"<": [9, "10"]}, true]""")]
    [InlineData("""[{"<": [null, 1]}, true]""")]
    [InlineData("""[{">=": [null, 0]}, true]""")]
    [InlineData("""[{"<": [false, true]}, true]""")]
    [InlineData("""[{"<": ["", 1]}, true]""")]
    [InlineData("""[{"<": [[], 1]}, true]""")]
    [InlineData("""[{"<": [[1], 2]}, true]""")]
    [InlineData("""[{"<": [[1], [2]]}, true]""")]
    [InlineData("""[{"<": [[10], [9]]}, true]""")]
    [InlineData("""[{"<": [[1, 2], 3]}, false]""")]
    [InlineData("""[{"<=": [{}, {}]}, true]""")]
    [InlineData("""[{"<": [{}, 1]}, false]""")]
    public void Compares_all_else_as_numbers(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"<": ["a", 1]}, false]""")]
    [InlineData("""[{">": ["a", 1]}, false]""")]
    [InlineData("""[{"<=": ["a", 1]}, false]""")]
    [InlineData("""[{">=": ["a", 1]}, false]""")]
    [InlineData("""[{"<": [1]}, false]""")]
    [InlineData("""[{">=": [1]}, false]""")]
    [InlineData("""[{"<": []}, false]""")]
    [InlineData("""[{"<": [{"/": [0, 0]}, 1]}, false]""")]
    [InlineData("""[{"<": [1, {"/": [1, 0]}]}, true]""")]
    public void Holds_neither_way_for_what_is_no_number(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"<": [1, 2, 3]}, true]""")]
    [InlineData("""[{"<": [1, 1, 3]}, false]""")]
    [InlineData("""[{"<": [1, 3, 3]}, false]""")]
    [InlineData("""[{"<": [1, 4, 3]}, false]""")]
    [InlineData("""[{"<": [0, 2, 3]}, true]""")]
    [InlineData("""[{"<=": [1, 1, 3]}, true]""")]
    [InlineData("""[{"<=": [1, 3, 3]}, true]""")]
    [InlineData("""[{"<=": [1, 4, 3]}, false]""")]
    [InlineData("""[{"<=": [1, 2, null]}, false]""")]
    [InlineData("""[{"<": ["a", "b", "c"]}, true]""")]
    [InlineData("""[{"<=": [18, {"var": "age"}, 65]}, {"age": 65}, true]""")]
    [InlineData("""[{"<": [18, {"var": "age"}, 65]}, {"age": 65}, false]""")]
    public void Asks_with_three_whether_the_second_lies_between(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{">": [3, 2, 5]}, true]""")]
    [InlineData("""[{">=": [3, 3, 9]}, true]""")]
    public void Ignores_a_third_when_asked_for_more(string example) => Example.Holds(example);
}
