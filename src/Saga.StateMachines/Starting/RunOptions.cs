using System.ComponentModel.DataAnnotations;

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
}
