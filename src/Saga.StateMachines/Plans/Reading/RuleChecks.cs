using System.Collections.Frozen;
using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>What makes a rule unfit for a plan, and the names it reads.</summary>
internal static class RuleChecks
{
    private static readonly FrozenSet<string> _operators = FrozenSet.ToFrozenSet(
    [
        "var", "missing", "missing_some", "if", "?:", "==", "===", "!=", "!==", "!", "!!", "or", "and", ">", ">=", "<", "<=", "max", "min", "+", "-", "*", "/",
        "%", "map", "filter", "reduce", "all", "none", "some", "merge", "in", "cat", "substr", "log",
    ]);

    private static readonly string[] _overElements = ["map", "filter", "reduce", "all", "none", "some"];

    /// <summary>Every problem of the rule.</summary>
    public static List<(string Pointer, string Code, string Message)> Check(JsonElement rule)
    {
        var scan = new Scan();
        scan.Visit(rule, "", isInner: false, depth: 0);
        return scan.Problems;
    }

    /// <summary>The part before the first dot of each variable.</summary>
    public static HashSet<string> Variables(JsonElement rule)
    {
        var scan = new Scan();
        scan.Visit(rule, "", isInner: false, depth: 0);
        return scan.Names;
    }

    private sealed class Scan
    {
        public List<(string Pointer, string Code, string Message)> Problems { get; } = [];

        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public void Visit(JsonElement rule, string pointer, bool isInner, int depth)
        {
            if (depth > 128)
            {
                Problems.Add((pointer, "rule_too_deep", "This rule is nested more than 128 deep. No rule is so deep. Flatten it."));
                return;
            }

            if (rule.ValueKind == JsonValueKind.Array)
            {
                foreach (var (index, element) in rule.EnumerateArray().Index())
                    Visit(element, $"{pointer}/{index}", isInner, depth + 1);
            }
            else if (rule.ValueKind == JsonValueKind.Object && rule.EnumerateObject().Take(2).ToArray() is [var operation])
            {
                Operation(operation, $"{pointer}/{Place.Escape(operation.Name)}", isInner, depth);
            }
        }

        private void Operation(JsonProperty operation, string pointer, bool isInner, int depth)
        {
            var argument = operation.Value;
            if (!_operators.Contains(operation.Name))
            {
                var nearest = NearestStepNames.To(operation.Name, _operators, max: 1);
                var remedy = nearest.IsEmpty ? "Use one of the operators of jsonlogic.com." : $"Did you mean `{nearest[0]}`?";
                Problems.Add((pointer, "unknown_operator", $"{Shown.Text(operation.Name)} is no operator of JsonLogic. An object with one property is an operation. {remedy}"));
            }
            else if (operation.Name is "var" or "missing" or "missing_some" && !isInner)
            {
                Reads(operation.Name, argument, pointer);
                if (operation.Name == "var" && argument.ValueKind == JsonValueKind.Array && argument.GetArrayLength() > 1)
                    Visit(argument[1], $"{pointer}/1", isInner, depth + 2);
            }
            else if (_overElements.Contains(operation.Name) && argument.ValueKind == JsonValueKind.Array)
            {
                foreach (var (index, element) in argument.EnumerateArray().Index())
                    Visit(element, $"{pointer}/{index}", isInner || index == 1, depth + 2);
            }
            else
            {
                Visit(argument, pointer, isInner, depth + 1);
            }
        }

        private void Reads(string operation, JsonElement argument, string pointer)
        {
            var names = (operation, argument.ValueKind) switch
            {
                ("var", JsonValueKind.Array) => argument.EnumerateArray().Take(1).ToArray(),
                ("missing", JsonValueKind.Array) => [.. argument.EnumerateArray()],
                ("missing_some", JsonValueKind.Array) when argument.GetArrayLength() == 2 && argument[1].ValueKind == JsonValueKind.Array => [.. argument[1].EnumerateArray()],
                ("missing_some", _) => [],
                _ => [argument],
            };
            var literal = names.Select(name => name.ValueKind is JsonValueKind.String ? name.GetString()! : name.ValueKind is JsonValueKind.Number ? name.GetRawText() : "").ToArray();
            if (literal.Contains("") || (literal.Length == 0 && operation != "missing"))
                Problems.Add((pointer, "computed_variable", $"`{operation}` reads a name that is empty or computed. A plan must know what a rule reads. Write the name as text."));
            foreach (var name in literal)
                Names.Add(name.Split('.')[0]);
        }
    }
}
