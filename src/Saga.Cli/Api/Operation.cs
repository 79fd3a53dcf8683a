using System.Text.Json.Serialization;

namespace Saga.Cli.Api;

/// <summary>Who asks for an operation on a run, and why: both are kept with the run.</summary>
internal sealed record Operation
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}
