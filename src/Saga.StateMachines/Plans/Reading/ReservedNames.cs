using System.Collections.Immutable;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>The words that mean something in references, so that no node can be named by them.</summary>
internal static class ReservedNames
{
    public static readonly ImmutableArray<string> All = ["input", "context", "item", "index", "previous", "iteration", "run", "output"];
}
