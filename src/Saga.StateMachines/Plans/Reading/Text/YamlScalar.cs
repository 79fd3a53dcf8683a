using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>What a scalar of YAML's core schema (https://yaml.org/spec/1.2.2/, section 10.3.2) is in JSON. So <c>no</c> and <c>1:30</c> are text.</summary>
internal static partial class YamlScalar
{
    private const string Prefix = "tag:yaml.org,2002:";

    // Longer numbers than this are none that any JSON reader takes.
    private const int MaxDigits = 400;

    /// <summary>The JSON text, or null when there is none, as for infinity.</summary>
    public static string? ToJson(Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty ? null : scalar.Tag.Value;
        if (tag is "!" or Prefix + "str" || (tag is null && scalar.Style != ScalarStyle.Plain))
            return JsonSerializer.Serialize(scalar.Value);

        var plain = OfPlain(scalar.Value);
        return tag switch
        {
            null => plain ?? (IsNoNumber(scalar.Value) ? null : JsonSerializer.Serialize(scalar.Value)),
            Prefix + "null" => plain is "null" ? plain : null,
            Prefix + "bool" => plain is "true" or "false" ? plain : null,
            Prefix + "int" or Prefix + "float" => plain is not (null or "null" or "true" or "false") ? plain : null,
            _ => null,
        };
    }

    private static string? OfPlain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => "null",
        "true" or "True" or "TRUE" => "true",
        "false" or "False" or "FALSE" => "false",
        _ when text.Length > MaxDigits => null,
        _ when Octal().IsMatch(text) => text[2..].Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0')).ToString(CultureInfo.InvariantCulture),
        _ when Hexadecimal().IsMatch(text) => BigInteger.Parse("0" + text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        _ => Number().Match(text) is { Success: true } number ? OfNumber(number) : null,
    };

    private static string OfNumber(Match number)
    {
        var whole = number.Groups["whole"].Value.TrimStart('0');
        var fraction = number.Groups["fraction"].Value;
        return (number.Groups["sign"].Value == "-" ? "-" : "")
            + (whole.Length == 0 ? "0" : whole)
            + (fraction.Length == 0 ? "" : $".{fraction}")
            + number.Groups["exponent"].Value;
    }

    private static bool IsNoNumber(string text) => Infinity().IsMatch(text);

    [GeneratedRegex("^0o[0-7]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Octal();

    [GeneratedRegex("^0x[0-9a-fA-F]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^(?<sign>[-+]?)(?:(?<whole>[0-9]+)(?:\.(?<fraction>[0-9]*))?|\.(?<fraction>[0-9]+))(?<exponent>(?:[eE][-+]?[0-9]+)?)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Infinity();
}
