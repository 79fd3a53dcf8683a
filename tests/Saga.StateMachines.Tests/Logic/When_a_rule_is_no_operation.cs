using Xunit;

namespace Saga.StateMachines.Tests.Logic;

/// <summary>Literals, which stand for themselves.</summary>
public sealed class When_a_rule_is_no_operation
{
    [Theory]
    [InlineData("""[true, true]""")]
    [InlineData("""[false, false]""")]
    [InlineData("""[null, null]""")]
    [InlineData("""[17, 17]""")]
    [InlineData("""[3.14, 3.14]""")]
    [InlineData("""["apple", "apple"]""")]
    [InlineData("""["", ""]""")]
    [InlineData("""[12345678901234567890, 12345678901234567890]""")]
    public void Is_its_own_value(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{}, {}]""")]
    [InlineData("""[{"a": 1, "b": 2}, {"a": 1, "b": 2}]""")]
    [InlineData("""[{"var": "a", "if": [1]}, {"a": 1}, {"var": "a", "if": [1]}]""")]
    [InlineData("""[{"a": {"var": "x"}, "b": 2}, {"x": 1}, {"a": {"var": "x"}, "b": 2}]""")]
    [InlineData("""[{"if": [true, {}, 1]}, {}]""")]
    public void Is_an_object_with_no_or_several_properties(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"var": "a", "var": "b"}, {"a": 1, "b": 2}, 2]""")]
    public void Is_an_operation_when_its_one_property_is_repeated(string example) => Example.Holds(example);
}
