using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>Expressions that read nothing of the run: evaluated once, and written as System.Text.Json would.</summary>
internal static class Constants
{
    private static readonly ConcurrentDictionary<JsonConverter, JsonSerializerOptions> _withConverter = new();

    public static object? ValueOf(Expression expression, LambdaSite site)
    {
        if (expression.Type.IsByRefLike)
            throw site.Refused(expression, $"is a `{expression.Type.Name}`", "It cannot be kept. Use an array.");
        try
        {
            return expression switch
            {
                ConstantExpression constant => constant.Value,
                MemberExpression { Expression: ConstantExpression target, Member: FieldInfo field } => field.GetValue(target.Value),
                _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile()(),
            };
        }
        catch (Exception problem)
        {
            // It is the definition's own code that runs here, and it can throw anything.
            throw site.Refused(
                expression,
                $"reads nothing of the run, was therefore evaluated when the definition was built, and failed: {problem.Message}",
                "Correct it.",
                problem);
        }
    }

    /// <summary>The value as plain JSON.</summary>
    public static JsonNode? JsonOf(Expression expression, LambdaSite site, JsonConverter? converter = null) =>
        JsonOf(ValueOf(expression, site), expression.Type, expression, site, converter);

    public static JsonNode? JsonOf(object? value, Type type, Expression expression, LambdaSite site, JsonConverter? converter)
    {
        try
        {
            return JsonSerializer.SerializeToNode(value, type, OptionsWith(converter));
        }
        catch (Exception problem)
        {
            throw site.Refused(expression, $"cannot be written as JSON: {problem.Message}", "Use a type that System.Text.Json can write.", problem);
        }
    }

    public static JsonSerializerOptions OptionsWith(JsonConverter? converter) => converter is null
        ? JsonSerializerOptions.Web
        : _withConverter.GetOrAdd(converter, static added => new JsonSerializerOptions(JsonSerializerOptions.Web) { Converters = { added } });
}
