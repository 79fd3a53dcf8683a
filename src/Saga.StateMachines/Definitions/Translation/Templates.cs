using System.Linq.Expressions;
using System.Text.Json.Nodes;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>
/// Translates expressions into templates: JSON with references. What reads nothing of the run is evaluated here, once; what cannot be said in a template is tried
/// as a rule; what cannot be said there either is refused.
/// </summary>
internal static class Templates
{
    public static JsonNode? Translate(LambdaSite site, LambdaExpression lambda, params string[] words) => Of(lambda.Body, site.WithParameters(lambda, words));

    public static JsonNode? Of(Expression expression, LambdaSite site)
    {
        if (!HandleFinder.IsIn(expression))
            return expression.Type.IsByRefLike || IsMembership(expression) ? AsRule(expression, site) : Escaping.Value(Constants.JsonOf(expression, site));
        var bare = Conversions.Without(expression, site);
        if (Paths.Of(bare, site) is { } path)
            return path.ToReference();
        if (Texts.IsText(bare))
            return Texts.ToTemplate(bare, site);
        return bare switch
        {
            NewExpression made => Objects.Of(made, site),
            MemberInitExpression made => Objects.Of(made, site),
            ListInitExpression list => Objects.Of(list.Initializers, list, site),
            NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array => new JsonArray([.. array.Expressions.Select(item => Of(item, site))]),
            _ => AsRule(bare, site),
        };
    }

    private static JsonObject AsRule(Expression expression, LambdaSite site) => new() { ["$logic"] = Rules.Of(expression, site) };

    private static bool IsMembership(Expression expression) => expression is MethodCallExpression call && call.Method.DeclaringType == typeof(MemoryExtensions);
}
