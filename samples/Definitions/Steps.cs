using System.Text.Json.Serialization;
using Saga.StateMachines.Definitions;

namespace Definitions;

/// <summary>The contracts of the steps: their names and the types they take and give. The orchestrator needs no more of them.</summary>
internal static class Steps
{
    public static StepReference<Message, Message> Echo { get; } = new("echo");

    public static StepReference<Wait, Waited> Delay { get; } = new("delay");
}

/// <summary>What <c>echo</c> takes and returns.</summary>
internal sealed record Message([property: JsonPropertyName("message")] string Text);

/// <summary>What <c>delay</c> takes: an ISO 8601 duration.</summary>
internal sealed record Wait(string Delay);

/// <summary>What <c>delay</c> returns.</summary>
internal sealed record Waited(string Duration);

/// <summary>What a run returns.</summary>
internal sealed record NetworkOutput(string Instance, string[] Zones);
