using System.Text.Json;

namespace Saga.StateMachines.Plans;

/// <summary>How a plan document is read.</summary>
public sealed record PlanReading
{
    /// <summary>
    /// Finds the plan document of a registered definition by kind and version (null is the latest), for a <c>subsaga</c> that names one; null when
    /// there is none. Left out, no definition is known.
    /// </summary>
    public Func<string, int?, JsonElement?>? Definitions { get; init; }

    /// <summary>
    /// Says what is wrong with naming a definition, in words; null when nothing is. Left out, every definition that a <c>child</c> names is taken for known.
    /// </summary>
    public Func<string, int?, string?>? DefinitionProblem { get; init; }

    /// <summary>Says what is wrong with naming a step, in words; null when nothing is. Left out, every step is taken for known.</summary>
    public Func<string, string?>? StepProblem { get; init; }

    /// <summary>
    /// True for text that is JSON by name, such as that of a file or a content type, so that mistakes are those of JSON. False by default: then text that
    /// begins with <c>{</c> or <c>[</c> is JSON, and all other text is YAML.
    /// </summary>
    public bool IsJson { get; init; }

    /// <summary>The JSON Pointer of the document in something larger, such as <c>/plan</c>. It stands before every pointer of an error. Empty by default.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>
    /// True for a plan that was accepted before: one that is stored, and that of a child, which stands in the plan of its parent. Runs follow it, so rules that
    /// were added since do not hold for it: where one is added, what it forbids is read here as it was before.
    /// </summary>
    internal bool WasAccepted { get; init; }
}
