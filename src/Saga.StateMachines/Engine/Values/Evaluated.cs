using System.Text.Json;

namespace Saga.StateMachines.Engine.Values;

/// <summary>A value; or the reason why there is none; or nothing yet, because something must be read first.</summary>
internal sealed record Evaluated
{
    public static readonly JsonElement Null = JsonElement.Parse("null");

    /// <summary>What is missing was noted in the draft.</summary>
    public static readonly Evaluated NotYet = new();

    public static readonly Evaluated Nothing = Of(Null);

    private Evaluated()
    {
    }

    /// <summary>The value; only meaningful when <see cref="IsValue"/>.</summary>
    public JsonElement Value { get; private init; }

    public bool IsValue { get; private init; }

    /// <summary>Why there is no value; null when there is one, or will be.</summary>
    public NodeFailure? Failure { get; private init; }

    public static Evaluated Of(JsonElement value) => new() { Value = value.ValueKind == JsonValueKind.Undefined ? Null : value, IsValue = true };

    public static Evaluated Of(JsonElement? value) => value is { } known ? Of(known) : Nothing;

    public static Evaluated Failed(string code, string message) => new() { Failure = new NodeFailure(code, message) };
}
