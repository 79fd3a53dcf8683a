namespace Saga.StateMachines.Definitions;

/// <summary>What a parent must know of another kind of run: its name and the types it takes and gives.</summary>
/// <typeparam name="TInput">The run's input.</typeparam>
/// <typeparam name="TOutput">What the run returns; <see cref="System.Text.Json.JsonElement"/> where the definition does not say.</typeparam>
public interface IRunContract<in TInput, out TOutput>
{
    /// <summary>The kind under which the definition is registered.</summary>
    string Kind { get; }

    /// <summary>The version a parent asks for; null is the latest when the child starts.</summary>
    int? PinnedVersion { get; }
}
