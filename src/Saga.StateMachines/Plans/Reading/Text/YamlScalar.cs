using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>What a scalar of YAML's core schema (https://yaml.org/spec/1.2.2/, section 10.3.2) is in JSON. So <c>no</c> and <c>1:30</c> are text.</summary>
internal static partial class YamlScalar
{
    private const string Prefix = "tag:yaml.org,2002:";

    // Converting takes time that grows with the square of the digits.
    private const int MaxDigits = 400;

    private static readonly SearchValues<char> _ofNumbers = SearchValues.Create("0123456789+-.eE");

    /// <summary>What the scalar is: text, or other JSON; neither when JSON knows nothing like it, such as infinity.</summary>
    public static (string? Text, string? Json) Read(Scalar scalar)
    {
        var tag = scalar.Tag.IsEmpty ? null : scalar.Tag.Value;
        if (tag is "!" or Prefix + "str" || (tag is null && scalar.Style != ScalarStyle.Plain))
            return (scalar.Value, null);

        var plain = OfPlain(scalar.Value);
        return tag switch
        {
            null => plain is null && !IsNoNumber(scalar.Value) ? (scalar.Value, null) : (null, plain),
            Prefix + "null" => (null, plain is "null" ? plain : null),
            Prefix + "bool" => (null, plain is "true" or "false" ? plain : null),
            Prefix + "int" or Prefix + "float" => (null, plain is not (null or "null" or "true" or "false") ? plain : null),
            _ => (null, null),
        };
    }

    private static string? OfPlain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => "null",
        "true" or "True" or "TRUE" => "true",
        "false" or "False" or "FALSE" => "false",
        _ when Octal().IsMatch(text) => text.Length > MaxDigits ? null : text[2..].Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0')).ToString(CultureInfo.InvariantCulture),
        _ when Hexadecimal().IsMatch(text) => text.Length > MaxDigits ? null : BigInteger.Parse("0" + text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        _ when text.AsSpan().ContainsAnyExcept(_ofNumbers) => null,
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

    private static bool IsNoNumber(string text) => Infinity().IsMatch(text) || (text.Length > MaxDigits && (Octal().IsMatch(text) || Hexadecimal().IsMatch(text)));

    [GeneratedRegex(@"^0o[0-7]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Octal();

    [GeneratedRegex(@"^0x[0-9a-fA-F]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^(?<sign>[-+]?)(?:(?<whole>[0-9]+)(?:\.(?<fraction>[0-9]*))?|\.(?<fraction>[0-9]+))(?<exponent>(?:[eE][-+]?[0-9]+)?)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Infinity();
}
