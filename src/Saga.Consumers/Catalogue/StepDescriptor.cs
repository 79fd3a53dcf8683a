using System.Text.Json;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>What a worker knows of a step it hosts.</summary>
public sealed record StepDescriptor
{
    internal StepDescriptor(StepInvoker invoker) => Invoker = invoker;

    /// <summary>The name of the step.</summary>
    public required string Name { get; init; }

    /// <summary>The class of the step.</summary>
    public required Type StepType { get; init; }

    /// <summary>The type of its input.</summary>
    public required Type InputType { get; init; }

    /// <summary>The type of its output.</summary>
    public required Type OutputType { get; init; }

    /// <summary>True when the class has a compensation of its own.</summary>
    public required bool Compensates { get; init; }

    /// <summary>JSON Schema (draft 2020-12) of the input.</summary>
    public required JsonElement InputSchema { get; init; }

    /// <summary>JSON Schema (draft 2020-12) of the output.</summary>
    public required JsonElement OutputSchema { get; init; }

    internal StepInvoker Invoker { get; }

    /// <summary>How the step is announced to orchestrators.</summary>
    public AnnouncedStep Announce() =>
        new() { Name = Name, Compensates = Compensates, InputSchema = InputSchema, OutputSchema = OutputSchema };
}
