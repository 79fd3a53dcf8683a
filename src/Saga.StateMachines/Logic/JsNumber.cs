using System.Globalization;
using System.Numerics;

namespace Saga.StateMachines.Logic;

/// <summary>Numbers from and to text as in JavaScript (ECMA-262: StringToNumber, parseFloat, Number::toString), but with all their digits.</summary>
internal static class JsNumber
{
    private const string Infinity = "Infinity";

    /// <summary>All of the text as a number: white space around it is allowed, nothing is 0, and what is no number is NaN.</summary>
    public static LogicNumber Parse(ReadOnlySpan<char> text, LogicBudget budget)
    {
        text = Trim(text);
        if (text.IsEmpty)
        {
            return LogicNumber.Of(0);
        }

        if (text.Length > 2 && text[0] == '0' && RadixOf(text[1]) is var radix and > 0)
        {
            return ParseDigits(text[2..], radix, budget);
        }

        return LengthOfNumber(text) == text.Length ? Convert(text, budget) : LogicNumber.NaN;
    }

    /// <summary>The number the text begins with, or NaN.</summary>
    public static LogicNumber ParsePrefix(ReadOnlySpan<char> text, LogicBudget budget)
    {
        text = Trim(text);
        return LengthOfNumber(text) is var length and > 0 ? Convert(text[..length], budget) : LogicNumber.NaN;
    }

    /// <summary>The shortest text that gives the same number again, with an exponent from 1e21 up and below 1e-6.</summary>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? Infinity : "-" + Infinity;
        }

        if (value == 0)
        {
            return "0";
        }

        var (digits, exponent) = Shortest(Math.Abs(value));
        return Format(value < 0, digits, exponent);
    }

    /// <summary>The text of a number with these digits, without zeros around them, of which the first has that power of ten.</summary>
    public static string Format(bool isNegative, string digits, long exponent)
    {
        var sign = isNegative ? "-" : "";
        if (exponent is > 20 or < -6)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString(CultureInfo.InvariantCulture)}";
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', (int)-exponent - 1)}{digits}";
        }

        var whole = (int)exponent + 1;
        return digits.Length <= whole ? sign + digits.PadRight(whole, '0') : $"{sign}{digits[..whole]}.{digits[whole..]}";
    }

    /// <summary>The digits without zeros around them, and the power of ten of the first.</summary>
    public static (string Digits, int Exponent) Shortest(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (double.Parse(text, CultureInfo.InvariantCulture).CompareTo(value) != 0)
        {
            // .NET cuts 2^-25 and 2^-958 a digit short.
            text = value.ToString("E16", CultureInfo.InvariantCulture);
        }

        var e = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = e < 0 ? text : text[..e];
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        var whole = point < 0 ? mantissa.Length : point;
        return (significant.TrimEnd('0'), exponent + whole - 1 - (digits.Length - significant.Length));
    }

    private static LogicNumber Convert(ReadOnlySpan<char> number, LogicBudget budget) => number[^1] == 'y'
        ? LogicNumber.Of(number[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity)
        : DecimalText.Read(number, budget);

    /// <summary>How many characters from the start are a number; 0 when none.</summary>
    private static int LengthOfNumber(ReadOnlySpan<char> text)
    {
        var sign = !text.IsEmpty && text[0] is '+' or '-' ? 1 : 0;
        if (text[sign..].StartsWith(Infinity, StringComparison.Ordinal))
        {
            return sign + Infinity.Length;
        }

        var whole = CountDigits(text[sign..]);
        var end = sign + whole;
        if (end < text.Length && text[end] == '.')
        {
            var fraction = CountDigits(text[(end + 1)..]);
            end += whole + fraction > 0 ? fraction + 1 : 0;
        }

        return end == sign ? 0 : end + LengthOfExponent(text[end..]);
    }

    private static int LengthOfExponent(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is not ('e' or 'E'))
        {
            return 0;
        }

        var start = text.Length > 1 && text[1] is '+' or '-' ? 2 : 1;
        return CountDigits(text[start..]) is var digits and > 0 ? start + digits : 0;
    }

    private static int CountDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length;

    private static int RadixOf(char prefix) => prefix switch
    {
        'x' or 'X' => 16,
        'o' or 'O' => 8,
        'b' or 'B' => 2,
        _ => 0,
    };

    private static LogicNumber ParseDigits(ReadOnlySpan<char> digits, int radix, LogicBudget budget)
    {
        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            var number = char.IsAsciiDigit(digit) ? digit - '0' : char.IsAsciiHexDigit(digit) ? (digit | 0x20) - 'a' + 10 : radix;
            if (number >= radix)
            {
                return LogicNumber.NaN;
            }

            value = (value * radix) + number;
            if (LogicNumber.HasTooManyDigits(value))
            {
                break;
            }
        }

        return LogicNumber.Of(value, budget);
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && IsSpace(text[0]))
        {
            text = text[1..];
        }

        while (!text.IsEmpty && IsSpace(text[^1]))
        {
            text = text[..^1];
        }

        return text;
    }

    // Unlike .NET, JavaScript counts the byte order mark as white space, and the control character NEL not.
    private static bool IsSpace(char c) => c == '\uFEFF' || (c != '\u0085' && char.IsWhiteSpace(c));
}
