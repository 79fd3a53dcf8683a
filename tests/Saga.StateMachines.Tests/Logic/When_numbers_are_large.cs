using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Saga.StateMachines.Logic;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Logic;

/// <summary>Whole numbers from 2^53 up, of which JavaScript has not every one. Here each is compared and calculated with as it is, or not at all.</summary>
public sealed class When_numbers_are_large
{
    [Theory]
    [InlineData("""[{"==": [9007199254740993, 9007199254740992]}, false]""")]
    [InlineData("""[{"===": [9007199254740993, 9007199254740992]}, false]""")]
    [InlineData("""[{"===": [9007199254740993, 9007199254740993.0]}, true]""")]
    [InlineData("""[{"===": [9007199254740993, 900719925474099.3e1]}, true]""")]
    [InlineData("""[{"===": [1e22, 10000000000000000000000]}, true]""")]
    [InlineData("""[{"!=": [18446744073709551615, 18446744073709551614]}, true]""")]
    [InlineData("""[{"<": [9223372036854775806, 9223372036854775807]}, true]""")]
    [InlineData("""[{"<=": [9223372036854775807, 9223372036854775806]}, false]""")]
    [InlineData("""[{"<": [-9007199254740993, -9007199254740992, -9007199254740991]}, true]""")]
    [InlineData("""[{">": [9007199254740993, "9007199254740992"]}, true]""")]
    [InlineData("""[{"==": [9007199254740993, "9007199254740992"]}, false]""")]
    [InlineData("""[{"==": [" 9007199254740993 ", 9007199254740993]}, true]""")]
    [InlineData("""[{"==": ["0x20000000000001", 9007199254740993]}, true]""")]
    [InlineData("""[{"==": [[9007199254740993], 9007199254740993]}, true]""")]
    [InlineData("""[{"in": [9007199254740993, [9007199254740992, 9007199254740994]]}, false]""")]
    [InlineData("""[{"in": [{"var": "id"}, [1, 9007199254740993]]}, {"id": 9007199254740993}, true]""")]
    [InlineData("""[{"==": [1e400, 1e401]}, false]""")]
    [InlineData("""[{"<": [1e400, 1e401]}, true]""")]
    [InlineData("""[{"<": [1e400, {"/": [1, 0]}]}, true]""")]
    [InlineData("""[{"max": [9007199254740992, 9007199254740993, 1.5]}, 9007199254740993]""")]
    [InlineData("""[{"min": [-9007199254740992, "-9007199254740993", true]}, -9007199254740993]""")]
    public void Compares_them_exactly(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"+": [9007199254740992, 1]}, 9007199254740993]""")]
    [InlineData("""[{"+": [9007199254740991, 1, 1]}, 9007199254740993]""")]
    [InlineData("""[{"+": [9007199254740993, -9007199254740992]}, 1]""")]
    [InlineData("""[{"+": ["9223372036854775807px", 1]}, 9223372036854775808]""")]
    [InlineData("""[{"-": [9007199254740993, 1]}, 9007199254740992]""")]
    [InlineData("""[{"-": 9007199254740993}, -9007199254740993]""")]
    [InlineData("""[{"-": [-9007199254740991, 2]}, -9007199254740993]""")]
    [InlineData("""[{"*": [94906267, 94906267]}, 9007199515875289]""")]
    [InlineData("""[{"*": [9007199254740993, 9007199254740993]}, 81129638414606699710187514626049]""")]
    [InlineData("""[{"*": [9007199254740993, 0]}, 0]""")]
    [InlineData("""[{"*": [0.1, 10000000000000000]}, 1000000000000000]""")]
    [InlineData("""[{"+": [1e21, 1]}, 1000000000000000000001]""")]
    [InlineData("""[{"/": [18014398509481986, 2]}, 9007199254740993]""")]
    [InlineData("""[{"/": [1700000000123456789, 1000000000]}, 1700000000.1234567]""")]
    [InlineData("""[{"/": [1, 10000000000000000]}, 1e-16]""")]
    [InlineData("""[{"%": [9007199254740993, 10]}, 3]""")]
    [InlineData("""[{"%": [-18446744073709551615, 100]}, -15]""")]
    [InlineData("""[{"%": [3, 9007199254740993]}, 3]""")]
    public void Calculates_with_them_exactly(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""[{"cat": [9007199254740993]}, "9007199254740993"]""")]
    [InlineData("""[{"cat": ["n", {"+": [9007199254740992, 1]}]}, "n9007199254740993"]""")]
    [InlineData("""[{"cat": [340282366920938463463374607431768211455]}, "340282366920938463463374607431768211455"]""")]
    [InlineData("""[{"cat": [{"*": [1e21, 1000]}, " ", -1e300]}, "1e+24 -1e+300"]""")]
    [InlineData("""[{"in": ["9007199254740992", {"cat": [9007199254740993]}]}, false]""")]
    [InlineData("""[{"substr": ["abc", -9007199254740993, 9007199254740993]}, "abc"]""")]
    [InlineData("""[{"if": [9007199254740993, 1, 2]}, 1]""")]
    [InlineData("""[{"if": [1e400, 1, 2]}, 1]""")]
    [InlineData("""[{"!": [{"+": [1e400, 1]}]}, false]""")]
    public void Keeps_their_digits_everywhere(string example) => Example.Holds(example);

    [Theory]
    [InlineData("""{"+": [9007199254740993, 0.5]}""")]
    [InlineData("""{"*": [9007199254740993, 0.1]}""")]
    [InlineData("""{"-": [0.25, 9007199254740993]}""")]
    [InlineData("""{"*": [9007199254740991, 1.1]}""")]
    [InlineData("""{"/": [90071992547409930, 7]}""")]
    [InlineData("""{"<": [1e1000, 1]}""")]
    [InlineData("""{"==": [1, 1e99999999999999999999]}""")]
    [InlineData("""{"*": [1e999, 10]}""")]
    [InlineData("""{"+": [1e999, 2.5]}""")]
    [InlineData("""{"==": [{"+": [9007199254740993, 0.5]}, 1]}""")]
    public void Gives_up_rather_than_to_round(string rule)
    {
        var result = Rules.Evaluate(rule);
        result.Problem.ShouldBe(LogicProblemCode.InexactNumber);
        result.IsTruthy.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""[{"==": [9007199254740993.5, 9007199254740994]}, true]""")]
    [InlineData("""[{"==": [0.1000000000000000055511151231257827, 0.1]}, true]""")]
    [InlineData("""[{"+": [0.1, 0.2]}, 0.30000000000000004]""")]
    [InlineData("""[{"/": [1, 33554432]}, 2.9802322387695312e-8]""")]
    public void Takes_a_number_with_a_fraction_for_the_nearest_double_as_javascript_does(string example) => Example.Holds(example);

    [Fact]
    public void Agrees_with_arithmetic_on_whole_numbers_of_any_length() => Property.HoldsFor<(byte[] A, byte[] B)>(random =>
    {
        var (a, b) = (new BigInteger(random.A.Take(60).ToArray()), new BigInteger(random.B.Take(60).ToArray()));
        var data = JsonElement.Parse($$"""{"a":{{a}},"b":{{b}}}""");

        Value("+", data).ShouldBe(Text(a + b));
        Value("-", data).ShouldBe(Text(a - b));
        Value("*", data).ShouldBe(Text(a * b));
        Value("==", data).ShouldBe(a == b ? "true" : "false");
        Value("===", data).ShouldBe(a == b ? "true" : "false");
        Value("<", data).ShouldBe(a < b ? "true" : "false");
        Value(">=", data).ShouldBe(a >= b ? "true" : "false");
        Value("max", data).ShouldBe(Text(BigInteger.Max(a, b)));
        if (!b.IsZero)
        {
            Value("%", data).ShouldBe(Text(BigInteger.Remainder(a, b)));
        }

        // Neighbours are told apart, also where no double lies between them.
        JsonLogic.Evaluate(Rules.Of("""{"<": [{"var": "a"}, {"+": [{"var": "a"}, 1]}]}"""), data).IsTruthy.ShouldBeTrue();
        JsonLogic.Evaluate(Rules.Of("""{"==": [{"cat": [{"var": "a"}]}, {"var": "a"}]}"""), data).IsTruthy.ShouldBeTrue();
    });

    [Fact]
    public void Agrees_with_doubles_below() => Property.HoldsFor<(int A, int B, byte Scale)>(random =>
    {
        var data = JsonSerializer.SerializeToElement(new { a = random.A / Math.Pow(2, random.Scale % 40), b = (double)random.B });
        var (a, b) = (data.GetProperty("a").GetDouble(), data.GetProperty("b").GetDouble());

        Of("+", data).ShouldBe(a + b);
        Of("-", data).ShouldBe(a - b);
        Of("*", data).ShouldBe(a * b);
        Value("<", data).ShouldBe(a < b ? "true" : "false");
        if (b != 0)
        {
            Of("/", data).ShouldBe(a / b);
            Of("%", data).ShouldBe(a % b);
        }
    });

    private static double Of(string operation, JsonElement data) => double.Parse(Value(operation, data), CultureInfo.InvariantCulture);

    private static string Value(string operation, JsonElement data)
    {
        var result = JsonLogic.Evaluate(Rules.Of($$"""{"{{operation}}": [{"var": "a"}, {"var": "b"}]}"""), data);
        result.Problem.ShouldBeNull();
        return result.Value.ValueKind == JsonValueKind.Number && BigInteger.TryParse(
                result.Value.GetRawText(), NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var whole)
            ? Text(whole)
            : result.Value.GetRawText();
    }

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);
}
