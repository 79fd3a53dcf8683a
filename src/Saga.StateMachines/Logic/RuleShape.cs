using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Saga.StateMachines.Logic;

/// <summary>What of a JSON value is an operation: an object with exactly one property.</summary>
internal static class RuleShape
{
    public static bool IsOperation(JsonElement rule, [NotNullWhen(true)] out string? name, out JsonElement arguments)
    {
        name = null;
        arguments = default;
        if (rule.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var property in rule.EnumerateObject())
        {
            // A name that is repeated is one property to JavaScript, with the last of its values.
            var next = JsonText.NameOf(property);
            if (name is not null && name != next)
            {
                return false;
            }

            name = next;
            arguments = property.Value;
        }

        return name is not null;
    }
}
