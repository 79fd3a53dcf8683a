namespace Saga.StateMachines.Logic;

/// <summary>The codes of what can be wrong with a rule.</summary>
public static class LogicProblemCode
{
    /// <summary>An object with a single property that is no operator.</summary>
    public const string UnknownOperator = "unknown_operator";

    /// <summary>A variable whose name is empty or the result of an operation, so that nobody can tell what it reads.</summary>
    public const string ComputedVariable = "computed_variable";

    /// <summary>More operations and arrays inside each other than <see cref="JsonLogic.MaxDepth"/>, found before the rule is used.</summary>
    public const string RuleTooDeep = "rule_too_deep";

    /// <summary>The evaluation went deeper than <see cref="JsonLogic.MaxDepth"/>, in the rule or in a value.</summary>
    public const string TooDeep = "too_deep";

    /// <summary>A number from 2^53 up would have to be rounded, or has more than 1,000 digits.</summary>
    public const string InexactNumber = "inexact_number";

    /// <summary>The evaluation needed more operations than it was given.</summary>
    public const string TooManyOperations = "too_many_operations";
}
