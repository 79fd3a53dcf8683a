using System.Collections.Immutable;
using System.Text.Json;

namespace Saga.StateMachines.Plans;

/// <summary>JSON with references, ready to be evaluated. Its cases are nested, so that they are not mistaken for the kinds of JSON they make.</summary>
public abstract record Template
{
    private Template()
    {
    }

    /// <summary>A value as it stands.</summary>
    public sealed record Literal(JsonElement Value) : Template;

    /// <summary>Something in the value of a source.</summary>
    /// <param name="From">The source.</param>
    /// <param name="Path">The unescaped tokens of the JSON Pointer into it; empty is all of it.</param>
    /// <param name="Default">The value when the path is not there; null when that is a failure.</param>
    /// <param name="Written">The reference as it was written, for messages.</param>
    public sealed record Reference(Source From, ImmutableArray<string> Path, JsonElement? Default, string Written) : Template;

    /// <summary>Text with values in it.</summary>
    /// <param name="Parts">Literals are text; of other values that are no text the JSON is inserted, and nothing for null.</param>
    public sealed record Interpolation(ImmutableArray<Template> Parts) : Template;

    /// <summary>An object whose values are templates.</summary>
    public sealed record Members(ImmutableArray<KeyValuePair<string, Template>> Items) : Template;

    /// <summary>An array of templates.</summary>
    public sealed record Elements(ImmutableArray<Template> Items) : Template;

    /// <summary>The value of a JsonLogic rule.</summary>
    /// <param name="Logic">The rule. A <c>$ref</c> in it stands as <c>{"var": "$0"}</c>, the next as <c>$1</c>, and so on, with more dollar signs when the rule has such texts.</param>
    /// <param name="Variables">The data the rule sees: every top-level name it may read, with its value.</param>
    public sealed record Rule(JsonElement Logic, ImmutableArray<KeyValuePair<string, Template>> Variables) : Template;
}
