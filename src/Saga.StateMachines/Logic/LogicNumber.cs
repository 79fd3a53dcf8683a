using System.Numerics;

namespace Saga.StateMachines.Logic;

/// <summary>
/// A number of a rule. Up to 2^53 it is a double, as in JavaScript. From there on doubles have gaps between them, so that a larger number is
/// kept with all its digits.
/// </summary>
internal readonly struct LogicNumber
{
    /// <summary>2^53: up to here every whole number is a double of its own.</summary>
    private const double FirstExact = 9007199254740992;

    /// <summary>The most digits of an exact number: far more than any id or amount has, and few enough to calculate with at once.</summary>
    public const int MaxDigits = 1_000;

    private static readonly BigInteger _limit = BigInteger.Pow(10, MaxDigits);
    private static readonly BigInteger _maxDouble = new(double.MaxValue);

    private readonly double _double;

    private LogicNumber(double value, BigInteger exact)
    {
        _double = value;
        Exact = exact;
    }

    public static LogicNumber NaN => new(double.NaN, default);

    /// <summary>All digits of a number from 2^53 up; zero for every other.</summary>
    public BigInteger Exact { get; }

    public bool IsExact => !Exact.IsZero;

    public bool IsFinite => IsExact || double.IsFinite(_double);

    public bool IsNaN => !IsExact && double.IsNaN(_double);

    public bool IsZero => !IsExact && _double == 0;

    /// <summary>True for a number that JSON and its readers can hold.</summary>
    public bool IsJson => IsExact ? BigInteger.Abs(Exact) <= _maxDouble : double.IsFinite(_double);

    /// <summary>
    /// The number as a double. Of an exact one it is only a number of the same sign, which compares with every other double as the exact one does.
    /// </summary>
    public double Double => IsExact ? Exact.Sign * FirstExact : _double;

    public static bool IsExactFrom(double value) => double.IsFinite(value) && Math.Abs(value) >= FirstExact;

    public static bool HasTooManyDigits(BigInteger whole) => BigInteger.Abs(whole) >= _limit;

    /// <summary>The double; from 2^53 up the whole number that it is.</summary>
    public static LogicNumber Of(double value) => IsExactFrom(value) ? new(0, new BigInteger(value)) : new(value, default);

    /// <summary>The whole number, unless it has too many digits.</summary>
    public static LogicNumber Of(BigInteger whole, LogicBudget budget)
    {
        if (BigInteger.Abs(whole) < (BigInteger)FirstExact)
        {
            return new((double)whole, default);
        }

        if (HasTooManyDigits(whole))
        {
            budget.Stop(LogicProblemCode.InexactNumber);
            return NaN;
        }

        budget.SpendCharacters(whole.GetByteCount());
        return new(0, whole);
    }

    // Two doubles are compared as they are: those that differ in the last bit differ in JavaScript.
    public static bool AreEqual(LogicNumber a, LogicNumber b) =>
        a.IsExact && b.IsExact ? a.Exact == b.Exact : !a.IsExact && !b.IsExact && !a.IsNaN && a._double.CompareTo(b._double) == 0;

    public static bool IsLess(LogicNumber left, LogicNumber right) =>
        left.IsExact && right.IsExact ? left.Exact < right.Exact : left.Double < right.Double;

    public static LogicNumber Max(LogicNumber a, LogicNumber b) => !a.IsExact && !b.IsExact
        ? new(Math.Max(a._double, b._double), default)
        : a.IsNaN || IsLess(b, a) ? a : b;

    public static LogicNumber Min(LogicNumber a, LogicNumber b) => !a.IsExact && !b.IsExact
        ? new(Math.Min(a._double, b._double), default)
        : a.IsNaN || IsLess(a, b) ? a : b;

    public LogicNumber Negated() => IsExact ? new(0, -Exact) : new(-_double, default);

    /// <summary>The text that JavaScript gives a number, but with all digits.</summary>
    public override string ToString() => IsExact ? ExactNumber.Of(this).ToString() : JsNumber.Format(_double);
}
