namespace Saga.StateMachines.Definitions;

/// <summary>A kind of run that is defined elsewhere, for example by a document.</summary>
/// <typeparam name="TInput">The run's input.</typeparam>
/// <typeparam name="TOutput">What the run returns.</typeparam>
/// <param name="Kind">The kind under which it is registered.</param>
/// <param name="PinnedVersion">The version; null is the latest when the child starts.</param>
public sealed record RunReference<TInput, TOutput>(string Kind, int? PinnedVersion = null) : IRunContract<TInput, TOutput>;
