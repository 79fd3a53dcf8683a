using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>A path into what a plan or a rule can read.</summary>
/// <param name="Word">Where it starts: a node or a reserved word. In a lambda over elements <c>current</c>, or nothing for the element itself.</param>
/// <param name="Tokens">The way from there: names of JSON properties and positions in lists.</param>
internal sealed record HandlePath(string Word, ImmutableArray<string> Tokens)
{
    /// <summary>Whether it starts at the element of a list.</summary>
    public bool IsElement { get; init; }

    /// <summary>Whether the value may be missing from the JSON, because C# has one for that case.</summary>
    public bool HasDefault { get; init; }

    /// <summary>What C# has when the value is missing.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>Whether it can stand in text as <c>${node/path}</c>.</summary>
    public bool FitsText => !HasDefault && !Pointer.Contains('}', StringComparison.Ordinal);

    /// <summary>Whether it can stand in a rule as <c>{"var": "node.path"}</c>, where dots separate.</summary>
    public bool FitsVariable => !Word.Contains('.', StringComparison.Ordinal) && Tokens.All(token => token.Length > 0 && !token.Contains('.', StringComparison.Ordinal));

    public string Pointer => string.Join('/', [Word, .. Tokens.Select(token => token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))]);

    public HandlePath Into(string token) => new(Word, Tokens.Add(token)) { IsElement = IsElement };

    public HandlePath MissingIs(JsonNode? value) => this with { HasDefault = true, Default = value };

    public JsonObject ToReference()
    {
        var json = new JsonObject { ["$ref"] = Pointer };
        if (HasDefault)
            json["default"] = Default?.DeepClone();
        return json;
    }

    public JsonObject ToVariable()
    {
        if (!FitsVariable && !IsElement)
            return Default is null ? new JsonObject { ["$ref"] = Pointer } : ToReference();
        var name = string.Join('.', Word.Length == 0 ? Tokens : [Word, .. Tokens]);
        return new JsonObject { ["var"] = Default is null ? name : new JsonArray(name, Default.DeepClone()) };
    }
}
