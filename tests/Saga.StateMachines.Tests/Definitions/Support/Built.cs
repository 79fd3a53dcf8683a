using System.Linq.Expressions;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Saga.StateMachines.Definitions;

namespace Saga.StateMachines.Tests.Definitions.Support;

/// <summary>Builds small definitions and shows what became of them.</summary>
internal static class Built
{
    private static readonly JsonSerializerOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document of a plan, without its name.</summary>
    public static string Plan<TInput>(Action<PlanBuilder<TInput>> build)
    {
        var json = JsonNode.Parse(new Sample<TInput>(build).ToDocument())!.AsObject();
        json.Remove("name");
        return json.ToJsonString(_readable);
    }

    /// <summary>The document of a plan for an order.</summary>
    public static string Plan(Action<PlanBuilder<Order>> build) => Plan<Order>(build);

    /// <summary>The nodes of a plan for an order, without the brackets.</summary>
    public static string Nodes(Action<PlanBuilder<Order>> build) => JsonNode.Parse(Plan<Order>(build))!["nodes"]!.ToJsonString(_readable)[1..^1];

    /// <summary>The template of an expression over an order.</summary>
    public static string Template<TValue>(Expression<Func<PlanBuilder<Order>, TValue>> value) =>
        JsonNode.Parse(Plan<Order>(plan =>
        {
            plan.Constant("c", 0);
            plan.Returns(Over(plan, value));
        }))!["output"]?.ToJsonString(_readable) ?? "null";

    /// <summary>The rule of an expression over an order.</summary>
    public static string Rule<TValue>(Expression<Func<PlanBuilder<Order>, TValue>> value)
    {
        var template = Template(value);
        return template.StartsWith("""{"$logic":""", StringComparison.Ordinal) ? template["""{"$logic":""".Length..^1] : "no rule: " + template;
    }

    /// <summary>Why a plan for an order is refused.</summary>
    public static string Refusal(Action<PlanBuilder<Order>> build)
    {
        try
        {
            return "accepted: " + Plan<Order>(build);
        }
        catch (PlanDefinitionException refused)
        {
            return refused.Message;
        }
    }

    /// <summary>Why an expression over an order is refused.</summary>
    public static string RefusalOf<TValue>(Expression<Func<PlanBuilder<Order>, TValue>> value) =>
        Refusal(plan => plan.Returns(Over(plan, value)));

    /// <summary>The lambda as it would be written in a definition, where the plan is a captured variable.</summary>
    private static Expression<Func<TValue>> Over<TValue>(PlanBuilder<Order> plan, Expression<Func<PlanBuilder<Order>, TValue>> value)
    {
        Expression<Func<PlanBuilder<Order>>> captured = () => plan;
        return Expression.Lambda<Func<TValue>>(new Replacement(value.Parameters[0], captured.Body).Visit(value.Body));
    }

    private sealed class Replacement(ParameterExpression parameter, Expression by) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? by : node;
    }

    private sealed class Sample<TInput>(Action<PlanBuilder<TInput>> build) : RunDefinition<TInput>
    {
        public override string Kind => "sample";

        protected override void Build(PlanBuilder<TInput> plan) => build(plan);
    }
}
