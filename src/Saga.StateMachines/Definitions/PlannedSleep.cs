using System.Text.Json.Nodes;

namespace Saga.StateMachines.Definitions;

/// <summary>A durable timer.</summary>
public sealed class PlannedSleep : Node<SleepOutput>
{
    private readonly string _property;
    private readonly JsonNode? _time;

    internal PlannedSleep(Body body, string name, string property, JsonNode? time)
        : base(body, name)
    {
        _property = property;
        _time = time;
    }

    private protected override void Describe(JsonObject json) => json["sleep"] = new JsonObject { [_property] = _time?.DeepClone() };
}

/// <summary>The output of a sleep.</summary>
public sealed record SleepOutput
{
    /// <summary>When it was over.</summary>
    public required DateTimeOffset WokeAt { get; init; }
}
