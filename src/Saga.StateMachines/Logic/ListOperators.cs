namespace Saga.StateMachines.Logic;

/// <summary>Operators about lists as a whole.</summary>
internal static class ListOperators
{
    /// <summary>One list of all elements of the arguments that are lists, and of the arguments that are not.</summary>
    public static LogicValue Merge(in LogicCall call)
    {
        var merged = new List<LogicValue>();
        foreach (var value in call.Values())
        {
            if (value.Kind == LogicKind.List)
            {
                merged.AddRange(value.Elements(call.Budget));
            }
            else
            {
                merged.Add(value);
            }
        }

        return call.List([.. merged]);
    }

    /// <summary>Whether a list has an element that is === the value, or a text the value's text. An empty text has not even itself.</summary>
    public static LogicValue In(in LogicCall call)
    {
        var values = call.Values();
        var whole = values.At(1);
        return LogicValue.Of(whole.Kind switch
        {
            LogicKind.Text => !whole.IsEmptyText && HasPart(whole.Text(call.Budget), Coercion.ToText(values[0], call.Budget), call.Budget),
            LogicKind.List => HasElement(whole, values[0], call.Budget),
            _ => false,
        });
    }

    // A search looks at the part anew from every character of the whole, at some 32 characters at once.
    private static bool HasPart(string whole, string part, LogicBudget budget) =>
        whole.Length >= part.Length
        && budget.SpendCharacters((whole.Length - part.Length + 1L) * part.Length / 32)
        && whole.Contains(part, StringComparison.Ordinal);

    private static bool HasElement(LogicValue list, LogicValue value, LogicBudget budget)
    {
        foreach (var element in list.Elements(budget))
        {
            if (Comparison.AreIdentical(element, value, budget))
            {
                return true;
            }
        }

        return false;
    }
}
