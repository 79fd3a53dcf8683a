namespace Saga.StateMachines.Engine;

/// <summary>How large the values of a run may become, in bytes of JSON (UTF-8).</summary>
/// <param name="MaxValueBytes">The most of a value that it makes of others, or that a step answers.</param>
/// <param name="MaxContextBytes">The most of all that steps put.</param>
public sealed record ValueLimits(int MaxValueBytes, int MaxContextBytes)
{
    /// <summary>What holds unless somebody says otherwise: 4 MiB and 1 MiB.</summary>
    public static ValueLimits Default { get; } = new(4 * 1024 * 1024, 1024 * 1024);
}
