using System.Linq.Expressions;
using System.Text.Json.Nodes;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>Arithmetic of integers and doubles.</summary>
internal static class Arithmetic
{
    public static JsonNode Of(BinaryExpression binary, LambdaSite site)
    {
        Check(binary, site);
        var operation = binary.NodeType switch
        {
            ExpressionType.Add or ExpressionType.AddChecked => "+",
            ExpressionType.Subtract or ExpressionType.SubtractChecked => "-",
            ExpressionType.Multiply or ExpressionType.MultiplyChecked => "*",
            ExpressionType.Divide => "/",
            ExpressionType.Modulo => "%",
            _ => throw site.Refused(binary, $"uses `{binary.NodeType}`, which JsonLogic does not have", "Compute it in a step, and read the step's output."),
        };
        var (left, right) = (Rules.Of(binary.Left, site), Rules.Of(binary.Right, site));
        if (operation != "/" || binary.Type == typeof(double))
            return Rule.Of(operation, left, right);

        // C# drops the remainder of integers, JsonLogic divides on. Both take the sign of a remainder from the dividend.
        return Rule.Of("/", Rule.Of("-", left, Rule.Of("%", left?.DeepClone(), right?.DeepClone())), right);
    }

    public static JsonNode Of(UnaryExpression negation, LambdaSite site)
    {
        Check(negation, site);
        return Rule.Of("-", Rules.Of(negation.Operand, site));
    }

    /// <summary><c>Math.Max</c> and <c>Math.Min</c>; null for other calls.</summary>
    public static JsonNode? OfCall(MethodCallExpression call, LambdaSite site)
    {
        if (call.Method.DeclaringType != typeof(Math) || call.Method.Name is not ("Max" or "Min"))
            return null;
        Check(call, site);
        return Rule.Of(call.Method.Name == "Max" ? "max" : "min", Rules.Of(call.Arguments[0], site), Rules.Of(call.Arguments[1], site));
    }

    private static void Check(Expression expression, LambdaSite site)
    {
        if (Conversions.IsNullable(expression.Type))
            throw site.Refused(expression, "computes with a value that may be null", "Say what null counts as, for example with `?? 0`.");
        if (!CanCompute(expression.Type))
        {
            throw site.Refused(
                expression, $"computes with `{expression.Type.Name}`", "Rules compute with double precision, which would give another result. Compute it in a step.");
        }
    }

    public static bool CanCompute(Type type) => type == typeof(int) || type == typeof(long) || type == typeof(uint) || type == typeof(ulong) || type == typeof(double);
}
