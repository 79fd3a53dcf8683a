namespace Saga.Worker.Hosting;

/// <summary>What a worker process does. Start more processes of a role to scale it.</summary>
[Flags]
public enum WorkerRoles
{
    /// <summary>Nothing: not a valid setting.</summary>
    None = 0,

    /// <summary>Walks runs along their plans.</summary>
    Orchestrator = 1,

    /// <summary>Executes and compensates steps.</summary>
    Steps = 2,

    /// <summary>Answers HTTP.</summary>
    Api = 4,

    /// <summary>Everything.</summary>
    All = Orchestrator | Steps | Api,
}
