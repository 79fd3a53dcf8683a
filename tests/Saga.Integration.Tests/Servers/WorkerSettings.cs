namespace Saga.Integration.Tests.Servers;

/// <summary>How a <see cref="WorkerProcess"/> is started.</summary>
public sealed record WorkerSettings
{
    /// <summary>Any of orchestrator, steps and api, with commas between.</summary>
    public string Roles { get; init; } = "orchestrator,steps,api";

    /// <summary>Left out, the worker keeps an SQLite file in its folder.</summary>
    public string? Database { get; init; }

    /// <summary>Left out, the worker uses its in-memory transport.</summary>
    public Uri? Broker { get; init; }

    /// <summary>Where the worker runs and keeps its data. Left out, it is a new folder that is deleted in the end.</summary>
    public string? Folder { get; init; }

    /// <summary>More environment variables, such as <c>Saga__…</c> options.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
