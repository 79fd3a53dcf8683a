using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A part of a template: either a value, or something to be made later.</summary>
/// <param name="Literal">The value; undefined when it is known only in a run.</param>
/// <param name="Making">Makes the part; null for a value.</param>
/// <param name="IsAsWritten">True for a value that says itself, without a mark such as <c>$literal</c> around it.</param>
internal readonly record struct DraftPart(JsonElement Literal, Func<Template>? Making, bool IsAsWritten)
{
    /// <summary>What stands for something that could not be read: it is never made.</summary>
    public static DraftPart None => default;

    public bool IsLiteral => Making is null && Literal.ValueKind != JsonValueKind.Undefined;

    public static DraftPart Of(JsonElement literal) => new(literal, null, IsAsWritten: true);

    public static DraftPart Of(Func<Template> making) => new(default, making, IsAsWritten: false);

    public static DraftPart OfMarked(JsonElement literal) => new(literal, null, IsAsWritten: false);

    public Template Make() => Making is null ? new Template.Literal(Literal) : Making();
}
