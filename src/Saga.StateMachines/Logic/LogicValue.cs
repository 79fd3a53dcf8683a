using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Saga.StateMachines.Logic;

/// <summary>A value during an evaluation: a part of the rule or the data as it stands there, or one that an operation made.</summary>
internal readonly struct LogicValue
{
    private readonly JsonElement _json;
    private readonly object? _made;
    private readonly double _number;

    private LogicValue(LogicKind kind, JsonElement json = default, object? made = null, double number = 0)
    {
        Kind = kind;
        _json = json;
        _made = made;
        _number = number;
    }

    public static LogicValue Undefined => default;

    public static LogicValue Null => new(LogicKind.Null);

    public LogicKind Kind { get; }

    /// <summary>The part of the rule or the data that this is; undefined for a value that was made.</summary>
    public JsonElement Json => _json;

    public bool IsJson => _json.ValueKind != JsonValueKind.Undefined;

    public bool IsNothing => Kind is LogicKind.Undefined or LogicKind.Null;

    /// <summary>The value of a boolean.</summary>
    public bool IsTrue => _number != 0;

    /// <summary>True for a number that is neither 0 nor NaN.</summary>
    public bool IsTrueNumber => IsJson
        // Only a number in JSON's text can be too large for a double, and then it is not 0.
        ? !_json.TryGetDouble(out var value) || value != 0
        : _made is not null || (_number != 0 && !double.IsNaN(_number));

    /// <summary>A list that was made; null for one that stands in the rule or the data.</summary>
    public LogicList? List => _made as LogicList;

    /// <summary>What the rule of a <c>reduce</c> sees; null for an object of the rule or the data.</summary>
    public LogicScope? Scope => _made as LogicScope;

    /// <summary>How many made values are inside each other. What was read has been parsed already, and needs no recursion to be written.</summary>
    public int Depth => _made switch { LogicList list => list.Depth, LogicScope scope => scope.Depth, _ => 0 };

    /// <summary>The elements of a list.</summary>
    public int Count => List is { } list ? list.Items.Length : _json.GetArrayLength();

    public static LogicValue Of(bool value) => new(LogicKind.Boolean, number: value ? 1 : 0);

    public static LogicValue Of(double value) => Of(LogicNumber.Of(value));

    public static LogicValue Of(LogicNumber value) =>
        new(LogicKind.Number, made: value.IsExact ? value.Exact : null, number: value.IsExact ? 0 : value.Double);

    public static LogicValue Of(string value) => new(LogicKind.Text, made: value);

    public static LogicValue Of(LogicList value) => new(LogicKind.List, made: value);

    public static LogicValue Of(LogicScope value) => new(LogicKind.Object, made: value);

    public static LogicValue Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new LogicValue(LogicKind.Object, json),
        JsonValueKind.Array => new LogicValue(LogicKind.List, json),
        JsonValueKind.String => new LogicValue(LogicKind.Text, json),
        JsonValueKind.Number => new LogicValue(LogicKind.Number, json),
        JsonValueKind.True => Of(true),
        JsonValueKind.False => Of(false),
        JsonValueKind.Null => Null,
        _ => Undefined,
    };

    /// <summary>The value of a number. One of the data is read anew each time.</summary>
    public LogicNumber Number(LogicBudget budget) => IsJson ? JsonText.NumberOf(_json, budget)
        : _made is BigInteger exact ? LogicNumber.Of(exact, budget)
        : LogicNumber.Of(_number);

    /// <summary>The value of a text, which costs as much as reading it. One of the data is decoded anew each time.</summary>
    public string Text(LogicBudget budget)
    {
        if (!IsJson)
        {
            var text = (string)_made!;
            budget.SpendCharacters(text.Length);
            return text;
        }

        return budget.SpendCharacters(JsonMarshal.GetRawUtf8Value(_json).Length) ? JsonText.Of(_json) : "";
    }

    public bool IsEmptyText => IsJson ? JsonMarshal.GetRawUtf8Value(_json).Length == 2 : ((string)_made!).Length == 0;

    /// <summary>The elements of a list, each of which costs what copying it costs.</summary>
    public IEnumerable<LogicValue> Elements(LogicBudget budget)
    {
        if (List is { } list)
        {
            foreach (var item in list.Items)
            {
                if (!budget.SpendElements(1))
                {
                    yield break;
                }

                yield return item;
            }

            yield break;
        }

        foreach (var item in _json.EnumerateArray())
        {
            if (!budget.SpendElements(1))
            {
                yield break;
            }

            yield return Of(item);
        }
    }

    /// <summary>Whether two lists or objects are one and the same, which is what JavaScript asks when it compares them.</summary>
    public bool IsSameAs(LogicValue other) => IsJson && other.IsJson
        // Two parts of a document begin at the same byte only when they are the same part.
        ? JsonMarshal.GetRawUtf8Value(_json) == JsonMarshal.GetRawUtf8Value(other._json)
        : _made is not null && ReferenceEquals(_made, other._made);
}
