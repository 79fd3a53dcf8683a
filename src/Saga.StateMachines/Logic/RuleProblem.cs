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

    public static string Explain(string problem) => problem switch
    {
        LogicProblemCode.InexactNumber =>
            $"It calculates with a number from 2^53 up. Such numbers are whole, have at most {LogicNumber.MaxDigits:N0} digits and are never rounded, and here "
            + "one would have to be, or has more digits. Calculate with whole numbers, or with smaller ones.",
        LogicProblemCode.TooDeep =>
            $"It makes a value of more than {JsonLogic.MaxDepth} lists inside each other, which is the limit. Make it flatter.",
        LogicProblemCode.TooManyOperations =>
            $"It needs more than {JsonLogic.DefaultMaxOperations:N0} operations, which is the limit. Make it simpler, or give it less to work on.",
        LogicProblemCode.UnknownOperator => "It has an operator that nobody knows. Correct it.",
        _ => "Correct it.",
    };

    public static string ExplainNoResult(string none) => none.AsSpan().TrimStart('-')[0] is >= '0' and <= '9'
        ? $"`{Shorten(none)}`, which is beyond the largest number, 1.8e308"
        : $"`{none}`, of which JSON has no value";

    private static string Shorten(string name) => name.Length <= MaxNameLength ? name : name[..MaxNameLength] + "…";
}
