namespace Saga.StateMachines.Engine.Values;

/// <summary>Why a node fails.</summary>
/// <param name="Code">A short name of the failure for programs.</param>
/// <param name="Message">What happened, for people.</param>
internal sealed record NodeFailure(string Code, string Message);
