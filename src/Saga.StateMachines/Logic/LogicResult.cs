using System.Text.Json;

namespace Saga.StateMachines.Logic;

/// <summary>What a rule came to.</summary>
/// <param name="Value">The value, which needs neither the rule's nor the data's document any more; JSON's null when there is none.</param>
/// <param name="IsTruthy">
/// True when the rule holds as a condition. That is known also of what JSON cannot hold: infinity is truthy, and what is no number is not.
/// </param>
/// <param name="Problem">
/// Null, or why the evaluation was given up: <see cref="LogicProblemCode.TooManyOperations"/>, <see cref="LogicProblemCode.TooDeep"/>,
/// <see cref="LogicProblemCode.UnknownOperator"/> or <see cref="LogicProblemCode.InexactNumber"/>. Then nothing is truthy.
/// </param>
/// <param name="NoResult">
/// What stands where JSON has no value for it, such as <c>NaN</c> or <c>Infinity</c>, or a whole number beyond 1.8e308; <c>undefined</c> for what an operation without operands
/// gives; null when there is a value.
/// </param>
public sealed record LogicResult(JsonElement Value, bool IsTruthy, string? Problem, string? NoResult);
