using System.Collections.Frozen;
using System.Text.Json;
using Saga.StateMachines.Logic;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Pictures;

/// <summary>A condition as people write it, with the operator between what it compares, cut to what a label has room for.</summary>
internal sealed class ConditionText
{
    private const int MaxLength = 48;

    private static readonly FrozenSet<string> _between =
        FrozenSet.Create(StringComparer.Ordinal, "and", "or", "==", "===", "!=", "!==", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "in");

    private readonly Template.Rule _rule;

    private ConditionText(Template.Rule rule) => _rule = rule;

    public static string Of(Template.Rule rule)
    {
        var text = new ConditionText(rule).Write(rule.Logic, isInner: false);
        if (text.Length <= MaxLength)
            return text;

        // Half of a surrogate pair is no text.
        var end = char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return $"{text[..end]}…";
    }

    private string Write(JsonElement rule, bool isInner)
    {
        if (RuleShape.IsOperation(rule, out var name, out var arguments))
            return WriteOperation(name, arguments.ValueKind == JsonValueKind.Array ? [.. arguments.EnumerateArray()] : [arguments], isInner);
        return rule.ValueKind switch
        {
            JsonValueKind.Array => $"[{WriteAll(rule.EnumerateArray(), ", ", isInner: false)}]",
            JsonValueKind.String => $"\"{rule.GetString()}\"",
            _ => rule.GetRawText(),
        };
    }

    private string WriteOperation(string name, JsonElement[] arguments, bool isInner) => (name, arguments) switch
    {
        ("var", [{ ValueKind: JsonValueKind.String } variable, ..]) => NameOf(variable.GetString()!),
        ("!", [var only]) => $"not {Write(only, isInner: true)}",
        ("!!", [var only]) => Write(only, isInner),
        (_, [_, _, ..]) when _between.Contains(name) => isInner ? $"({WriteAll(arguments, $" {name} ", isInner: true)})" : WriteAll(arguments, $" {name} ", isInner: true),
        _ => $"{name}({WriteAll(arguments, ", ", isInner: false)})",
    };

    private string WriteAll(IEnumerable<JsonElement> rules, string between, bool isInner) => string.Join(between, rules.Select(rule => Write(rule, isInner)));

    // A reference stands in the rule as a variable `$0`, `$1` and so on.
    private string NameOf(string variable) =>
        _rule.Variables.FirstOrDefault(one => one.Key == variable).Value is Template.Reference reference ? reference.Written : variable;
}
