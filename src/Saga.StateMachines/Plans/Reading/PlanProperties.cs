using System.Collections.Immutable;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>The properties each object of a plan document may have, in the order of the canonical document. The published schema names the same.</summary>
internal static class PlanProperties
{
    public static readonly ImmutableArray<string> Kinds = ["step", "constant", "route", "map", "loop", "sleep", "signal", "child", "subsaga"];

    public static readonly PropertySet Plan = new("name", "nodes", "sequential", "output");

    public static readonly PropertySet Node = new(["name", .. Kinds, "dependsOn", "input", "retry", "compensation"]);

    /// <summary>Those of a node that only a step has.</summary>
    public static readonly ImmutableArray<string> OfSteps = ["input", "retry", "compensation"];

    public static readonly PropertySet Retry = new("maxAttempts", "backoff", "initial", "max", "jitter", "nonRetryable");

    public static readonly PropertySet Compensation = new("input", "retry");

    public static readonly PropertySet Route = new("cases", "default");

    public static readonly PropertySet Case = new("name", "when", "nodes", "sequential", "output");

    public static readonly PropertySet Default = new("nodes", "sequential", "output");

    public static readonly PropertySet Map = new("over", "maxConcurrency", "failure", "nodes", "sequential", "output");

    public static readonly PropertySet Loop = new("initial", "until", "maxIterations", "onMaxIterations", "nodes", "sequential", "output");

    public static readonly PropertySet Sleep = new("for", "until");

    public static readonly PropertySet Signal = new("name", "names", "mode", "timeout", "onTimeout", "default");

    public static readonly PropertySet Child = new("kind", "version", "plan", "input", "join");

    public static readonly PropertySet Subsaga = new("kind", "version", "plan", "input");
}
