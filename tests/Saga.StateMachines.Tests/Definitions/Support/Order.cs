using System.Text.Json;
using System.Text.Json.Serialization;
using Saga.StateMachines.Definitions;

namespace Saga.StateMachines.Tests.Definitions.Support;

public enum Size
{
    Small,
    Large,
}

[JsonConverter(typeof(JsonStringEnumConverter<Color>))]
public enum Color
{
    Red,
    Blue,
}

/// <summary>An input with a member of every kind.</summary>
public sealed class Order
{
    public required string Id { get; init; }

    public required string Region { get; init; }

    public string? Note { get; init; }

    public int Count { get; init; }

    public int Limit { get; init; } = 3;

    public int? Discount { get; init; }

    public long Total { get; init; }

    public double Weight { get; init; }

    public decimal Price { get; init; }

    public bool Urgent { get; init; }

    public char Grade { get; init; }

    public Guid Customer { get; init; }

    public DateTimeOffset Due { get; init; }

    public TimeSpan Wait { get; init; }

    public Size Size { get; init; }

    public Size? Maybe { get; init; }

    public Color Color { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<Size>))]
    public Size Named { get; init; }

    [JsonPropertyName("e_mail")]
    public required string Mail { get; init; }

    [JsonPropertyName("a.b/c~d")]
    public required string Odd { get; init; }

    [JsonPropertyName("a}b")]
    public required string Brace { get; init; }

    [JsonIgnore]
    public string Secret { get; init; } = "";

    public required IReadOnlyList<string> Zones { get; init; }

    public required string[] Tags { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required List<Line> Lines { get; init; }

    public required Line Main { get; init; }

    public Line Spare { get; init; } = new("none", 0);

    public required byte[] Bytes { get; init; }

    public JsonElement Extra { get; init; }
}

public sealed record Line(string Sku, int Amount, string? Text = null);

public sealed record Shipment
{
    public required string Address { get; init; }

    public string? Label { get; init; }

    public int Parcels { get; init; } = 1;

    public List<string> Marks { get; init; } = [];

    [JsonConverter(typeof(JsonStringEnumConverter<Size>))]
    public Size Size { get; init; }
}

internal static class OrderSteps
{
    public static readonly StepReference<Shipment, Line> Ship = new("ship");

    public static readonly StepReference<string, string> Check = new("check");

    public static readonly StepReference<Order, Line> Accept = new("accept");

    public static readonly StepReference<Line> Take = new("take");
}
