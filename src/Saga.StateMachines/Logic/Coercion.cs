using System.Text;

namespace Saga.StateMachines.Logic;

/// <summary>One type taken for another, as in JavaScript (ECMA-262 section 7.1), but for the truth of an empty list.</summary>
internal static class Coercion
{
    private const string AnyObject = "[object Object]";

    public static bool IsTruthy(LogicValue value) => value.Kind switch
    {
        LogicKind.Boolean => value.IsTrue,
        LogicKind.Number => value.IsTrueNumber,
        LogicKind.Text => !value.IsEmptyText,
        LogicKind.List => value.Count > 0,
        LogicKind.Object => true,
        _ => false,
    };

    public static LogicNumber ToNumber(LogicValue value, LogicBudget budget) => value.Kind switch
    {
        LogicKind.Null => LogicNumber.Of(0),
        LogicKind.Boolean => LogicNumber.Of(value.IsTrue ? 1 : 0),
        LogicKind.Number => value.Number(budget),
        LogicKind.Text or LogicKind.List => JsNumber.Parse(ToText(value, budget), budget),
        _ => LogicNumber.NaN,
    };

    /// <summary>The number that the value, as text, begins with.</summary>
    public static LogicNumber ToLeadingNumber(LogicValue value, LogicBudget budget) =>
        value.Kind == LogicKind.Number ? value.Number(budget) : JsNumber.ParsePrefix(ToText(value, budget), budget);

    public static string ToText(LogicValue value, LogicBudget budget) => value.Kind switch
    {
        LogicKind.Undefined => "undefined",
        LogicKind.Null => "null",
        LogicKind.Boolean => value.IsTrue ? "true" : "false",
        LogicKind.Number => value.Number(budget).ToString(),
        LogicKind.Text => value.Text(budget),
        LogicKind.List => Join([value], "", budget),
        _ => AnyObject,
    };

    /// <summary>The values as text, one after the other; nothing for null.</summary>
    public static string Join(IEnumerable<LogicValue> values, string separator, LogicBudget budget)
    {
        var text = new StringBuilder();
        Append(text, values, separator, budget, depth: 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<LogicValue> values, string separator, LogicBudget budget, int depth)
    {
        if (depth > JsonLogic.MaxDepth)
        {
            budget.Stop(LogicProblemCode.TooDeep);
            return;
        }

        var isFirst = true;
        foreach (var value in values)
        {
            if (budget.IsStopped)
            {
                return;
            }

            text.Append(isFirst ? "" : separator);
            isFirst = false;
            if (value.Kind == LogicKind.List)
            {
                Append(text, value.Elements(budget), ",", budget, depth + 1);
            }
            else if (!value.IsNothing)
            {
                text.Append(ToText(value, budget));
            }
        }
    }
}
