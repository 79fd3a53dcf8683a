using System.Collections.Immutable;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>The properties each object of a plan document may have, in the order of the canonical document. The published schema names the same.</summary>
internal static class PlanProperties
{
    public static readonly ImmutableArray<string> Kinds = ["step", "constant", "route", "map", "loop", "sleep", "signal", "child", "subsaga"];

    public static readonly ImmutableArray<string> Plan = ["name", "nodes", "sequential", "output"];

    public static readonly ImmutableArray<string> Node = ["name", .. Kinds, "dependsOn", "input", "retry", "compensation"];

    /// <summary>Those of a node that only a step has.</summary>
    public static readonly ImmutableArray<string> OfSteps = ["input", "retry", "compensation"];

    public static readonly ImmutableArray<string> Retry = ["maxAttempts", "backoff", "initial", "max", "jitter", "nonRetryable"];

    public static readonly ImmutableArray<string> Compensation = ["input", "retry"];

    public static readonly ImmutableArray<string> Route = ["cases", "default"];

    public static readonly ImmutableArray<string> Case = ["name", "when", "nodes", "sequential", "output"];

    public static readonly ImmutableArray<string> Default = ["nodes", "sequential", "output"];

    public static readonly ImmutableArray<string> Map = ["over", "maxConcurrency", "failure", "nodes", "sequential", "output"];

    public static readonly ImmutableArray<string> Loop = ["initial", "until", "maxIterations", "onMaxIterations", "nodes", "sequential", "output"];

    public static readonly ImmutableArray<string> Sleep = ["for", "until"];

    public static readonly ImmutableArray<string> Signal = ["name", "names", "mode", "timeout", "onTimeout", "default"];

    public static readonly ImmutableArray<string> Child = ["kind", "version", "plan", "input", "join"];

    public static readonly ImmutableArray<string> Subsaga = ["kind", "version", "plan", "input"];
}
