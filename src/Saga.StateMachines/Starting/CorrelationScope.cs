using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.Starting;

/// <summary>In which statuses a run keeps its business key to itself.</summary>
public static class CorrelationScope
{
    /// <summary>While it is live.</summary>
    public const string Live = "pending,running,compensating";

    /// <summary>Every status a scope may name.</summary>
    public static IReadOnlyList<string> Statuses { get; } = [.. Enum.GetNames<RunStatus>().Select(SnakeCase.From)];

    /// <summary>The stored form of a scope.</summary>
    public static string Format(IReadOnlyList<string>? statuses) => statuses is null ? Live : string.Join(',', statuses.Distinct(StringComparer.Ordinal));

    /// <summary>Gives the key up when the run enters a status outside of its scope. What was given up is not taken again: another may have it.</summary>
    public static void Apply(Run run, string status)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.HeldKey is not null && !run.CorrelationScope!.Split(',').Contains(status, StringComparer.Ordinal))
            run.HeldKey = null;
    }
}
