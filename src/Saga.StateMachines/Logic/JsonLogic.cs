using System.Text.Json;

namespace Saga.StateMachines.Logic;

/// <summary>
/// JsonLogic (https://jsonlogic.com): all operators of the public specification, with the truthiness, coercion and comparison
/// of its reference implementation in JavaScript, json-logic-js 2.0.5.
/// </summary>
/// <remarks>
/// Where it deviates on purpose is listed in <c>docs/plans.md</c>, under "Where rules deviate".
/// </remarks>
public static class JsonLogic
{
    /// <summary>The operations a rule may take unless the caller says otherwise: 100,000.</summary>
    public const int DefaultMaxOperations = 100_000;

    /// <summary>The most operations and arrays that may stand inside each other, in a rule and in what it makes: 256.</summary>
    public const int MaxDepth = 256;

    /// <summary>Evaluates a rule. Never throws, whatever the rule and the data are, and never takes longer than the operations allow.</summary>
    /// <param name="rule">
    /// The rule. An array is a rule for each element; an object with one property is an operation; all else stands for itself.
    /// </param>
    /// <param name="data">What <c>var</c>, <c>missing</c> and <c>missing_some</c> read.</param>
    /// <param name="maxOperations">
    /// How much work the rule may cause. Each operation and each element evaluated counts 1; so do 256 characters or 8 elements copied or compared.
    /// </param>
    public static LogicResult Evaluate(JsonElement rule, JsonElement data, int maxOperations = DefaultMaxOperations)
    {
        var budget = new LogicBudget(maxOperations);
        var value = new LogicMachine(budget).Evaluate(rule, LogicValue.Of(data), depth: 0);
        var writer = new LogicWriter(budget);
        var json = writer.ToJson(value);
        return budget.Problem is { } problem
            ? new LogicResult(LogicWriter.Null, IsTruthy: false, problem, NoResult: null)
            : new LogicResult(json, Coercion.IsTruthy(value), Problem: null, writer.NoResult);
    }

    /// <summary>True for all but <c>null</c>, <c>false</c>, <c>0</c>, <c>""</c> and <c>[]</c>.</summary>
    public static bool IsTruthy(JsonElement value) => Coercion.IsTruthy(LogicValue.Of(value));

    /// <summary>What a <see cref="LogicResult.Problem"/> means and what helps, for people.</summary>
    public static string Explain(string problem) => RuleProblem.Explain(problem);

    /// <summary>What a <see cref="LogicResult.NoResult"/> is and why it is no value, as the end of a sentence for people.</summary>
    public static string ExplainNoResult(string none) => RuleProblem.ExplainNoResult(none);

    /// <summary>
    /// Everything that makes a rule unfit for a plan, or the first 100 things: unknown operators, variables whose names are empty or computed,
    /// and too much depth. Empty when there is nothing. Never throws.
    /// </summary>
    public static IReadOnlyList<LogicProblem> Check(JsonElement rule) => RuleScan.Of(rule).Problems;

    /// <summary>
    /// The names at the top level of the data that the rule may read: the part before the first dot of every literal variable name,
    /// in the order of their appearance. Never throws. The variables inside <c>map</c> and its like belong to the element at hand and are left out.
    /// </summary>
    public static IReadOnlyCollection<string> Variables(JsonElement rule) => RuleScan.Of(rule).Variables;
}
