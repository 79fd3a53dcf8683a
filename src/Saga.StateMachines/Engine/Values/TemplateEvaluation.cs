using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Saga.StateMachines.Logic;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine.Values;

/// <summary>Gives templates their values, seen from a place.</summary>
internal sealed class TemplateEvaluation(ValueReader values, Place from)
{
    private static readonly JsonElement _true = JsonElement.Parse("true");
    private static readonly JsonElement _false = JsonElement.Parse("false");

    public Evaluated Evaluate(Template template) => template switch
    {
        Template.Literal literal => Evaluated.Of(literal.Value),
        Template.Reference reference => Follow(reference),
        Template.Interpolation text => Join(text.Parts),
        Template.Members members => All(
            members.Items.Select(item => item.Value),
            found => Made(JsonMaking.Object([.. members.Items.Select((item, i) => KeyValuePair.Create(item.Key, found[i]))]))),
        Template.Elements elements => All(elements.Items, found => Made(JsonMaking.Array(found))),
        Template.Rule rule => Reason(rule, ResultOf),
        _ => throw new InvalidOperationException($"There is no way to evaluate a {template.GetType().Name}."),
    };

    /// <summary>Whether a rule holds: true or false. Unlike a template it needs no result, because JsonLogic has a truth for everything.</summary>
    public Evaluated Decide(Template.Rule condition) => Reason(condition, result => Evaluated.Of(result.IsTruthy ? _true : _false));

    private Evaluated Follow(Template.Reference reference)
    {
        var source = values.Read(reference.From, from);
        if (!source.IsValue)
        {
            return source;
        }

        // A node that was skipped returned nothing, so nothing in it can be missing. A run that was given null was given no such thing.
        if (reference.From.Kind != SourceKind.RunInput && source.Value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return Evaluated.Of(reference.Default);
        }

        var value = source.Value;
        foreach (var token in reference.Path)
        {
            if (!JsonPointer.TryStep(ref value, token))
            {
                return reference.Default is { } instead
                    ? Evaluated.Of(instead)
                    : Evaluated.Failed("unresolved_reference", $"There is nothing at `{reference.Written}`: no `{token}` in {KindOf(value)}. "
                        + "A reference must lead to something. Correct it, or give it a `default`.");
            }
        }

        return Evaluated.Of(value);
    }

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null or JsonValueKind.Undefined => "null",
        _ => "true or false",
    };

    private Evaluated Join(ImmutableArray<Template> parts) => All(parts, found =>
    {
        var text = new StringBuilder();
        foreach (var part in found)
        {
            text.Append(part.ValueKind switch
            {
                JsonValueKind.String => part.GetString(),
                JsonValueKind.Null or JsonValueKind.Undefined => "",
                _ => CanonicalText.Of(part),
            });
        }

        return Made(JsonMaking.String(text.ToString()));
    });

    private Evaluated Reason(Template.Rule rule, Func<LogicResult, Evaluated> take) => All(
        rule.Variables.Select(variable => variable.Value),
        found =>
        {
            var data = JsonMaking.Object([.. rule.Variables.Select((variable, i) => KeyValuePair.Create(variable.Key, found[i]))]);
            var result = JsonLogic.Evaluate(rule.Logic, data);
            return result.Problem switch
            {
                null => take(result),
                LogicProblemCode.InexactNumber => Evaluated.Failed(LogicProblemCode.InexactNumber, $"The rule was given up. {JsonLogic.Explain(result.Problem)}"),
                var problem => Evaluated.Failed("rule_failed", $"The rule was given up: `{problem}`. {JsonLogic.Explain(problem)}"),
            };
        });

    private Evaluated ResultOf(LogicResult result) => result.NoResult is { } none
        ? Evaluated.Failed("rule_has_no_result", $"The rule comes to {JsonLogic.ExplainNoResult(none)}. A template needs a value. "
            + "Correct what the rule calculates with, or choose another value for this case with `if`.")
        : Made(result.Value);

    private Evaluated Made(JsonElement value) => MadeValues.Judge(value, values.Limits);

    /// <summary>Finds the parts of something, and makes it of them unless they are too much together already.</summary>
    private Evaluated All(IEnumerable<Template> templates, Func<List<JsonElement>, Evaluated> combine)
    {
        var found = new List<JsonElement>();
        var bytes = 0L;
        Evaluated? notFound = null;
        foreach (var template in templates)
        {
            // All are looked at, so that everything that is missing is asked for at once.
            var evaluated = Evaluate(template);
            if (evaluated.IsValue)
            {
                found.Add(evaluated.Value);
                bytes += MadeValues.BytesOf(evaluated.Value);
                if (bytes > values.Limits.MaxValueBytes)
                {
                    return MadeValues.TooLarge(values.Limits);
                }
            }
            else if (notFound is null || evaluated.Failure is not null)
            {
                notFound = evaluated;
            }
        }

        return notFound ?? combine(found);
    }
}
