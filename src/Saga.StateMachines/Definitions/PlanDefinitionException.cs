namespace Saga.StateMachines.Definitions;

/// <summary>A definition that cannot be made into a plan. Thrown when the definition is built, never while a run follows it.</summary>
public sealed class PlanDefinitionException : Exception
{
    internal PlanDefinitionException(string message)
        : base(message)
    {
    }

    internal PlanDefinitionException(string message, string definition, string node, string expression, Exception? cause)
        : base(message, cause)
    {
        Definition = definition;
        Node = node;
        Expression = expression;
    }

    /// <summary>Kind and version of the definition, such as <c>network v2</c>; null when a handle was used outside of every definition.</summary>
    public string? Definition { get; }

    /// <summary>The node the expression belongs to; empty for the output of the plan, null when no expression is to blame.</summary>
    public string? Node { get; }

    /// <summary>The text of the expression that cannot be translated; null when no expression is to blame.</summary>
    public string? Expression { get; }
}
