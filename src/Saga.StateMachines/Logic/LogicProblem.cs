namespace Saga.StateMachines.Logic;

/// <summary>Why a rule cannot be used.</summary>
/// <param name="Code">One of <see cref="LogicProblemCode"/>.</param>
/// <param name="Pointer">The JSON Pointer (RFC 6901) to the place in the rule; empty is the rule itself.</param>
/// <param name="Message">Fact, rule and remedy, for people.</param>
public sealed record LogicProblem(string Code, string Pointer, string Message);
