using System.Linq.Expressions;
using System.Reflection;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>Tells whether an expression reads anything of the run. What does not is evaluated once, when the definition is built.</summary>
internal sealed class HandleFinder : ExpressionVisitor
{
    private readonly HashSet<ParameterExpression> _own = [];
    private bool _found;

    public static bool IsIn(Expression expression)
    {
        var finder = new HandleFinder();
        finder.Visit(expression);
        return finder._found;
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        _found |= node.Member.IsDefined(typeof(HandleAttribute));
        return _found ? node : base.VisitMember(node);
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        _found |= node.Method.IsDefined(typeof(HandleAttribute));
        return _found ? node : base.VisitMethodCall(node);
    }

    protected override Expression VisitLambda<T>(Expression<T> node)
    {
        _own.UnionWith(node.Parameters);
        return base.VisitLambda(node);
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        _found |= !_own.Contains(node);
        return node;
    }
}
