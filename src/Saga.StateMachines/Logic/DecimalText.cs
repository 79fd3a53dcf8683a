using System.Globalization;
using System.Numerics;

namespace Saga.StateMachines.Logic;

/// <summary>Reads a number written in decimal digits, perhaps with a fraction and an exponent.</summary>
internal static class DecimalText
{
    private const int MaxDigitsOfLong = 18;

    /// <summary>A double where JavaScript's numbers are exact, and for a number with a fraction; all digits for a whole number from 2^53 up.</summary>
    public static LogicNumber Read(ReadOnlySpan<char> text, LogicBudget budget)
    {
        var nearest = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsFinite(nearest) && !LogicNumber.IsExactFrom(nearest))
        {
            return LogicNumber.Of(nearest);
        }

        var (digits, exponent) = DigitsOf(text);
        if (exponent < 0 && double.IsFinite(nearest))
        {
            return LogicNumber.Of(nearest);
        }

        if (exponent is < 0 or > LogicNumber.MaxDigits || digits.Length + exponent > LogicNumber.MaxDigits)
        {
            budget.Stop(LogicProblemCode.InexactNumber);
            return LogicNumber.NaN;
        }

        var whole = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) * BigInteger.Pow(10, exponent);
        return LogicNumber.Of(text[0] == '-' ? -whole : whole, budget);
    }

    /// <summary>The whole number that the text is, however it is written: <c>1000.0</c> and <c>1e3</c> are <c>1000</c>. Null when it is none, or too large.</summary>
    public static long? ReadWhole(ReadOnlySpan<char> text)
    {
        var (digits, exponent) = DigitsOf(text);
        if (exponent is < 0 or > MaxDigitsOfLong || digits.Length + exponent > MaxDigitsOfLong)
        {
            return null;
        }

        var whole = long.Parse("0" + digits + new string('0', exponent), NumberStyles.None, CultureInfo.InvariantCulture);
        return text[0] == '-' ? -whole : whole;
    }

    /// <summary>The one text of a number, however it was written: that of JavaScript, with all digits.</summary>
    public static string Canonical(ReadOnlySpan<char> text)
    {
        var (digits, exponent) = DigitsOf(text);
        return digits.Length == 0 ? "0" : JsNumber.Format(isNegative: text[0] == '-', digits, (long)exponent + digits.Length - 1);
    }

    /// <summary>The digits without zeros around them, and the power of ten of the last; 0 when there is no digit but zeros.</summary>
    private static (string Digits, int Exponent) DigitsOf(ReadOnlySpan<char> text)
    {
        var e = text.IndexOfAny('e', 'E');
        var number = (e < 0 ? text : text[..e]).TrimStart("+-");
        var point = number.IndexOf('.');
        var digits = (point < 0 ? number.ToString() : string.Concat(number[..point], number[(point + 1)..])).TrimStart('0');
        var significant = digits.TrimEnd('0');
        if (significant.Length == 0)
        {
            return ("", 0);
        }

        // An exponent that is no int belongs to a number with far too many digits.
        var written = 0;
        if (e >= 0 && !int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out written))
        {
            return (significant, int.MaxValue);
        }

        var exponent = (long)written - (point < 0 ? 0 : number.Length - point - 1) + (digits.Length - significant.Length);
        return (significant, (int)Math.Clamp(exponent, int.MinValue, int.MaxValue));
    }
}
