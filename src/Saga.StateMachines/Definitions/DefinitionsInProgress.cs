namespace Saga.StateMachines.Definitions;

/// <summary>The definitions being built by this thread, outermost first: one that inlines itself would never end.</summary>
internal static class DefinitionsInProgress
{
    [ThreadStatic]
    private static Stack<RunDefinition>? _inProgress;

    public static IDisposable Enter(RunDefinition definition)
    {
        var stack = _inProgress ??= new Stack<RunDefinition>();
        if (stack.Any(outer => outer.GetType() == definition.GetType() && outer.Kind == definition.Kind && outer.Version == definition.Version))
        {
            throw new PlanDefinitionException(
                $"Definition `{definition}` contains itself as a subsaga. A subsaga is inlined, so that would never end. Use `Child`, which is a run of its own.");
        }

        stack.Push(definition);
        return new Exit(stack);
    }

    private sealed class Exit(Stack<RunDefinition> stack) : IDisposable
    {
        public void Dispose() => stack.Pop();
    }
}
