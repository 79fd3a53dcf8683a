namespace Saga.StateMachines.Plans;

/// <summary>Whether a step can be compensated, and needs to be.</summary>
public enum CompensationMode
{
    /// <summary>Its worker is told to compensate.</summary>
    Command,

    /// <summary>It leaves nothing behind: no command is sent.</summary>
    None,

    /// <summary>It cannot be compensated: the run ends <c>failed</c> when it has to be.</summary>
    Irreversible,
}
