using System.ComponentModel.DataAnnotations;
using Saga.Contracts.Json;
using Saga.StateMachines.Engine;

namespace Saga.StateMachines.Starting;

/// <summary>Limits of a run.</summary>
public sealed class RunOptions
{
    /// <summary>
    /// The most bytes of JSON (UTF-8) the input of a run may have. Default 1 MiB; 1 KiB to 64 MiB. Every command to a step carries the input, so
    /// keep it small and pass large things by reference.
    /// </summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxInputBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// The most bytes of JSON (UTF-8) of a value that a run makes of others, or that a step answers. Default 4 MiB; 1 KiB to 16 MiB. Its node fails with
    /// <c>value_too_large</c> when it is more.
    /// </summary>
    [Range(1024, ValueRule.MaxBytes)]
    public int MaxValueBytes { get; set; } = ValueLimits.Default.MaxValueBytes;

    /// <summary>
    /// The most bytes of JSON (UTF-8) of a run's context, which is all that its steps put. Default 1 MiB; 1 KiB to 16 MiB. Every command to a step carries the
    /// context. The node whose step puts more fails with <c>context_too_large</c>.
    /// </summary>
    [Range(1024, ValueRule.MaxBytes)]
    public int MaxContextBytes { get; set; } = ValueLimits.Default.MaxContextBytes;

    /// <summary>What of this the engine has to know.</summary>
    internal ValueLimits ToLimits() => new(MaxValueBytes, MaxContextBytes);
}
