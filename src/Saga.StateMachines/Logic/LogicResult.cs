using System.Text.Json;

namespace Saga.StateMachines.Logic;

/// <summary>What a rule came to.</summary>
/// <param name="Value">The value, which needs neither the rule's nor the data's document any more; JSON's null when there is a problem.</param>
/// <param name="Problem">
/// Null, or why there is no value: <see cref="LogicProblemCode.TooManyOperations"/>, <see cref="LogicProblemCode.TooDeep"/> or
/// <see cref="LogicProblemCode.UnknownOperator"/>.
/// </param>
public sealed record LogicResult(JsonElement Value, string? Problem)
{
    /// <summary>True when there is a value and it is truthy.</summary>
    public bool IsTruthy => Problem is null && JsonLogic.IsTruthy(Value);
}
