using System.Text.Json;

namespace Saga.StateMachines.Engine;

/// <summary>A signal to a run.</summary>
/// <param name="Number">Tells it from every other signal of the run, from 1, in the order they arrived.</param>
/// <param name="Name">Its name.</param>
/// <param name="Payload">What it carries.</param>
/// <param name="ReceivedAt">When it arrived.</param>
public sealed record ReceivedSignal(int Number, string Name, JsonElement? Payload, DateTimeOffset ReceivedAt);
