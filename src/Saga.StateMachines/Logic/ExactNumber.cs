using System.Globalization;
using System.Numerics;

namespace Saga.StateMachines.Logic;

/// <summary>
/// A number in decimal digits, with which numbers beyond 2^53 are calculated. A number with a fraction counts as what it is printed as: 0.1 is a tenth.
/// </summary>
/// <param name="Digits">The digits, as a whole number.</param>
/// <param name="Exponent">The power of ten of the last digit.</param>
internal readonly record struct ExactNumber(BigInteger Digits, int Exponent)
{
    // A double never has more, so that a text with more was not written by one.
    private const int DigitsOfADouble = 17;

    // Below 10^21, JavaScript prints whole numbers without an exponent.
    private const int MaxPlainDigits = 21;

    public static ExactNumber Of(LogicNumber number)
    {
        if (number.IsExact)
        {
            return new(number.Exact, 0);
        }

        var (digits, exponent) = JsNumber.Shortest(Math.Abs(number.Double));
        var whole = digits.Length == 0 ? BigInteger.Zero : BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        return new(number.Double < 0 ? -whole : whole, exponent - digits.Length + 1);
    }

    public static ExactNumber Sum(ExactNumber a, ExactNumber b)
    {
        var (left, right, exponent) = Align(a, b);
        return new(left + right, exponent);
    }

    public static ExactNumber Product(ExactNumber a, ExactNumber b) => new(a.Digits * b.Digits, a.Exponent + b.Exponent);

    /// <summary>What is left of the first, with its sign.</summary>
    public static ExactNumber Remainder(ExactNumber a, ExactNumber b)
    {
        var (left, right, exponent) = Align(a, b);
        return new(BigInteger.Remainder(left, right), exponent);
    }

    /// <summary>The quotient when it is whole; otherwise the double next to it, as in JavaScript, unless that would be one from 2^53 up.</summary>
    public static LogicNumber Quotient(ExactNumber a, ExactNumber b, LogicBudget budget)
    {
        var (left, right, _) = Align(a, b);
        var whole = BigInteger.DivRem(left, right, out var rest);
        if (rest.IsZero)
        {
            return LogicNumber.Of(whole, budget);
        }

        var nearest = Nearest(left, right);
        return LogicNumber.IsExactFrom(nearest) ? Refuse(budget) : LogicNumber.Of(nearest);
    }

    /// <summary>The number, when it is whole or is what a double is printed as.</summary>
    public LogicNumber ToNumber(LogicBudget budget)
    {
        if (Exponent >= 0)
        {
            return LogicNumber.Of(Digits * BigInteger.Pow(10, Exponent), budget);
        }

        var whole = BigInteger.DivRem(Digits, BigInteger.Pow(10, -Exponent), out var rest);
        if (rest.IsZero)
        {
            return LogicNumber.Of(whole, budget);
        }

        var nearest = double.Parse($"{Digits}e{Exponent}", CultureInfo.InvariantCulture);
        return double.IsFinite(nearest) && !LogicNumber.IsExactFrom(nearest) && Sum(Of(LogicNumber.Of(nearest)), new(-Digits, Exponent)).Digits.IsZero
            ? LogicNumber.Of(nearest)
            : Refuse(budget);
    }

    /// <summary>The digits, or with an exponent where JavaScript prints one and a double would have as few digits.</summary>
    public override string ToString()
    {
        var text = (Digits * BigInteger.Pow(10, Exponent)).ToString(CultureInfo.InvariantCulture);
        var digits = text.TrimStart('-');
        var significant = digits.TrimEnd('0');
        if (digits.Length <= MaxPlainDigits || significant.Length > DigitsOfADouble)
        {
            return text;
        }

        var fraction = significant.Length > 1 ? "." + significant[1..] : "";
        return $"{(Digits.Sign < 0 ? "-" : "")}{significant[0]}{fraction}e+{(digits.Length - 1).ToString(CultureInfo.InvariantCulture)}";
    }

    private static LogicNumber Refuse(LogicBudget budget)
    {
        budget.Stop(LogicProblemCode.InexactNumber);
        return LogicNumber.NaN;
    }

    private static (BigInteger Left, BigInteger Right, int Exponent) Align(ExactNumber a, ExactNumber b)
    {
        var exponent = Math.Min(a.Exponent, b.Exponent);
        return (a.Digits * BigInteger.Pow(10, a.Exponent - exponent), b.Digits * BigInteger.Pow(10, b.Exponent - exponent), exponent);
    }

    /// <summary>The double nearest to a quotient. 64 bits of it, of which the last stands for all that follow, are rounded once.</summary>
    private static double Nearest(BigInteger dividend, BigInteger divisor)
    {
        var (left, right) = (BigInteger.Abs(dividend), BigInteger.Abs(divisor));
        var shift = (int)(right.GetBitLength() - left.GetBitLength()) + 63;
        var bits = BigInteger.DivRem(shift < 0 ? left : left << shift, shift < 0 ? right << -shift : right, out var rest);
        var rounded = (double)((ulong)bits | (rest.IsZero ? 0UL : 1UL));
        return dividend.Sign * divisor.Sign * Math.ScaleB(rounded, -shift);
    }
}
