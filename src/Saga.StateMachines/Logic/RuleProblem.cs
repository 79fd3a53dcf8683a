namespace Saga.StateMachines.Logic;

/// <summary>The words for what is wrong with a rule.</summary>
internal static class RuleProblem
{
    private const int MaxNameLength = 64;

    public static LogicProblem UnknownOperator(string name, string pointer)
    {
        var remedy = OperatorNames.NearestTo(name) is { } nearest
            ? $"Did you mean `{nearest}`?"
            : "The operators are listed at https://jsonlogic.com/operations.html; an object with several properties stands for itself.";
        return new(LogicProblemCode.UnknownOperator, pointer,
            $"`{Shorten(name)}` is no operator. An object with a single property is an operation of JsonLogic. {remedy}");
    }

    public static LogicProblem ComputedVariable(string pointer) => new(LogicProblemCode.ComputedVariable, pointer,
        "The name of a variable is computed. It must be written out, because it says what the rule depends on. " +
        "Write the name as a text, or choose between variables with `if`.");

    public static LogicProblem EmptyVariable(string pointer) => new(LogicProblemCode.ComputedVariable, pointer,
        "The name of a variable is empty. Only inside `map`, `filter`, `reduce`, `all`, `none` and `some` may it be, where it is the element. " +
        "Name what the rule reads.");

    public static LogicProblem TooDeep(string pointer) => new(LogicProblemCode.RuleTooDeep, pointer,
        $"The rule goes deeper here than {JsonLogic.MaxDepth} operations and arrays inside each other. That is the limit. " +
        "Combine values side by side: `and`, `or`, `if`, `+` and `cat` take any number.");

    private static string Shorten(string name) => name.Length <= MaxNameLength ? name : name[..MaxNameLength] + "…";
}
