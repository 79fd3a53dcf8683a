namespace Saga.StateMachines.Definitions.Translation;

/// <summary>Marks what a lambda may read of a plan. A lambda that does is translated and never run.</summary>
/// <param name="word">The reserved word it stands for; without it, the node's name.</param>
/// <param name="property">What is read of the word, if not all of it.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
internal sealed class HandleAttribute(string? word = null, string? property = null) : Attribute
{
    public string? Word { get; } = word;

    public string? Property { get; } = property;
}

internal static class Handle
{
    public static PlanDefinitionException ReadTooEarly(string what) =>
        new($"A lambda is missing: {what} was read while the definition is built. It has a value only when a run follows the plan. "
            + "Read it directly inside a lambda that is given to a node, not in code that prepares one.");
}
