namespace Saga.Consumers;

/// <summary>Why a value of a step cannot be sent.</summary>
/// <param name="Code">A short name for programs.</param>
/// <param name="Message">What is wrong with it, for people.</param>
internal sealed record UnwritableValue(string Code, string Message);
