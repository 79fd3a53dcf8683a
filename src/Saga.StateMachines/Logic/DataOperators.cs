namespace Saga.StateMachines.Logic;

/// <summary>Operators that read the data.</summary>
internal static class DataOperators
{
    /// <summary>The value at a path, all of the data when the path is empty, or the second argument when nothing is there.</summary>
    public static LogicValue Var(in LogicCall call)
    {
        var values = call.Values();
        return Read(call, values.At(0), values.At(1));
    }

    /// <summary>Those of the names that are not there, null or an empty text. The names are the arguments, or the elements of the first.</summary>
    public static LogicValue Missing(in LogicCall call)
    {
        var values = call.Values();
        return MissingOf(call, values.At(0).Kind == LogicKind.List ? values[0].Elements(call.Budget) : values);
    }

    /// <summary>
    /// What <see cref="Missing"/> finds, unless at least so many of the names are there. A list in the list is taken for the names, as
    /// <see cref="Missing"/> takes it, but it counts as one.
    /// </summary>
    public static LogicValue MissingSome(in LogicCall call)
    {
        var values = call.Values();
        var names = values.At(1);
        LogicValue[] arguments = names.Kind == LogicKind.List ? [.. names.Elements(call.Budget)] : [names];
        var missing = MissingOf(call, arguments.At(0).Kind == LogicKind.List ? arguments[0].Elements(call.Budget) : arguments);
        if (call.Budget.IsStopped)
        {
            return missing;
        }

        var present = LogicValue.Of(LengthOf(names, call.Budget) - missing.Count);
        return Comparison.IsLessOrEqual(values.At(0), present, call.Budget) ? call.List([]) : missing;
    }

    private static LogicValue MissingOf(in LogicCall call, IEnumerable<LogicValue> names)
    {
        var missing = new List<LogicValue>();
        foreach (var name in names)
        {
            if (!call.Budget.SpendOperation())
            {
                break;
            }

            // A name in a list may bring a default, as the arguments of `var` may.
            var value = name.Kind == LogicKind.List ? ReadWithDefault(call, [.. name.Elements(call.Budget)]) : Read(call, name, LogicValue.Undefined);
            if (value.Kind == LogicKind.Null || (value.Kind == LogicKind.Text && value.IsEmptyText))
            {
                missing.Add(name);
            }
        }

        return call.List([.. missing]);
    }

    private static LogicValue ReadWithDefault(in LogicCall call, LogicValue[] arguments) => Read(call, arguments.At(0), arguments.At(1));

    private static LogicValue Read(in LogicCall call, LogicValue path, LogicValue orElse)
    {
        if (path.IsNothing || (path.Kind == LogicKind.Text && path.IsEmptyText))
        {
            return call.Data;
        }

        var found = call.Data;
        foreach (var segment in Coercion.ToText(path, call.Budget).Split('.'))
        {
            found = PropertyOf(found, segment, call.Budget);
            if (found.Kind == LogicKind.Undefined)
            {
                return orElse.Kind == LogicKind.Undefined ? LogicValue.Null : orElse;
            }
        }

        return found;
    }

    private static LogicValue PropertyOf(LogicValue value, string name, LogicBudget budget) => value.Kind switch
    {
        LogicKind.Object when value.Scope is { } scope => name switch
        {
            "current" => scope.Current,
            "accumulator" => scope.Accumulator,
            _ => LogicValue.Undefined,
        },
        // Looking for a property is to compare its name with those of others.
        LogicKind.Object => budget.SpendCharacters(value.Json.GetPropertyCount())
            ? LogicValue.Of(JsonText.PropertyOf(value.Json, name))
            : LogicValue.Undefined,
        LogicKind.List when name == "length" => LogicValue.Of(value.Count),
        LogicKind.List => IndexOf(name, value.Count) is { } index ? ElementAt(value, index, budget) : LogicValue.Undefined,
        LogicKind.Text when name == "length" => LogicValue.Of(value.Text(budget).Length),
        LogicKind.Text => value.Text(budget) is var text && IndexOf(name, text.Length) is { } index
            ? LogicValue.Of(text[index].ToString())
            : LogicValue.Undefined,
        _ => LogicValue.Undefined,
    };

    /// <summary>The index that the name is, and is written as an index is: <c>01</c> and <c>-1</c> are none.</summary>
    private static int? IndexOf(string name, int count) =>
        int.TryParse(name, out var index) && index >= 0 && index < count && JsNumber.Format(index) == name ? index : null;

    private static LogicValue ElementAt(LogicValue list, int index, LogicBudget budget)
    {
        if (list.List is { } made)
        {
            return made.Items[index];
        }

        // In a document an element is found by passing those before it.
        return budget.SpendCharacters(index) ? LogicValue.Of(list.Json[index]) : LogicValue.Undefined;
    }

    private static double LengthOf(LogicValue names, LogicBudget budget) => names.Kind switch
    {
        LogicKind.List => names.Count,
        LogicKind.Text => names.Text(budget).Length,
        _ => double.NaN,
    };
}
