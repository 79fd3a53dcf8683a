using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Saga.StateMachines.Logic;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine.Values;

/// <summary>Gives templates their values, seen from a place.</summary>
internal sealed class TemplateEvaluation(ValueReader values, Place from)
{
    public Evaluated Evaluate(Template template) => template switch
    {
        Template.Literal literal => Evaluated.Of(literal.Value),
        Template.Reference reference => Follow(reference),
        Template.Interpolation text => Join(text.Parts),
        Template.Members members => All(
            members.Items.Select(item => item.Value),
            found => Evaluated.Made(JsonMaking.Object([.. members.Items.Select((item, i) => KeyValuePair.Create(item.Key, found[i]))]))),
        Template.Elements elements => All(elements.Items, found => Evaluated.Made(JsonMaking.Array(found))),
        Template.Rule rule => Reason(rule),
        _ => throw new InvalidOperationException($"There is no way to evaluate a {template.GetType().Name}."),
    };

    private Evaluated Follow(Template.Reference reference)
    {
        var source = values.Read(reference.From, from);
        if (!source.IsValue)
        {
            return source;
        }

        // A node that was skipped returned nothing, so nothing in it can be missing.
        if (source.Value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return Evaluated.Of(reference.Default);
        }

        var value = source.Value;
        foreach (var token in reference.Path)
        {
            if (!TryStep(ref value, token))
            {
                return reference.Default is { } instead
                    ? Evaluated.Of(instead)
                    : Evaluated.Failed("unresolved_reference", $"There is nothing at `{reference.Written}`: no `{token}` in a value of kind "
                        + $"{value.ValueKind}. A reference must lead to something. Correct it, or give it a `default`.");
            }
        }

        return Evaluated.Of(value);
    }

    private static bool TryStep(ref JsonElement value, string token)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(token, out var member))
        {
            value = member;
            return true;
        }

        if (value.ValueKind == JsonValueKind.Array
            && int.TryParse(token, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var index)
            && index < value.GetArrayLength())
        {
            value = value[index];
            return true;
        }

        return false;
    }

    private Evaluated Join(ImmutableArray<Template> parts) => All(parts, found =>
    {
        var text = new StringBuilder();
        foreach (var part in found)
        {
            text.Append(part.ValueKind switch
            {
                JsonValueKind.String => part.GetString(),
                JsonValueKind.Null or JsonValueKind.Undefined => "",
                _ => part.GetRawText(),
            });
        }

        return Evaluated.Of(JsonMaking.String(text.ToString()));
    });

    private Evaluated Reason(Template.Rule rule) => All(
        rule.Variables.Select(variable => variable.Value),
        found =>
        {
            var data = JsonMaking.Object([.. rule.Variables.Select((variable, i) => KeyValuePair.Create(variable.Key, found[i]))]);
            var result = JsonLogic.Evaluate(rule.Logic, data);
            return result.Problem is { } problem
                ? Evaluated.Failed("rule_failed", $"The rule has no value: `{problem}`. Make it simpler, or give it less to work on.")
                : Evaluated.Made(result.Value);
        });

    private Evaluated All(IEnumerable<Template> templates, Func<List<JsonElement>, Evaluated> combine)
    {
        var found = new List<JsonElement>();
        Evaluated? notFound = null;
        foreach (var template in templates)
        {
            // All are looked at, so that everything that is missing is asked for at once.
            var evaluated = Evaluate(template);
            if (evaluated.IsValue)
            {
                found.Add(evaluated.Value);
            }
            else if (notFound is null || evaluated.Failure is not null)
            {
                notFound = evaluated;
            }
        }

        return notFound ?? combine(found);
    }
}
