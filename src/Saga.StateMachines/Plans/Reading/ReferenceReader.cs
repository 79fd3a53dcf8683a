using System.Collections.Immutable;
using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Reads references: a node's name or a reserved word, and a JSON Pointer (RFC 6901) into its value.</summary>
internal sealed class ReferenceReader(PlanDraft draft, Viewpoint view)
{
    private const string Form = "A reference is `node/path`: a node's name or a reserved word, and a JSON Pointer, in which `~0` is `~` and `~1` is `/`.";

    private readonly NameResolver _names = new(draft, view);

    /// <summary>Reads <c>{"$ref": …}</c>.</summary>
    /// <param name="value">The object.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="fallback">The value of a path that is not there when the object does not say; null makes that a failure.</param>
    public DraftPart Read(JsonElement value, Place place, JsonElement? fallback = null)
    {
        var found = default(JsonElement);
        foreach (var property in value.EnumerateObject())
        {
            if (property.NameEquals("$ref"))
            {
                found = property.Value;
            }
            else if (property.NameEquals("default"))
            {
                fallback = property.Value;
                Values.Check(property.Value, place["default"], draft);
            }
            else
            {
                draft.Findings.Error(place, "extra_properties", "An object with `$ref` has a property besides `default`. It is replaced by what it refers to. Remove the other.");
            }
        }

        if (Shown.TextOf(found) is { } text)
            return ReadText(text, place["$ref"], fallback);
        draft.Findings.Error(place["$ref"], "wrong_type", $"`$ref` is {Shown.Json(found)}. It must be text. {Form}");
        return DraftPart.None;
    }

    /// <summary>Reads the text of a reference.</summary>
    public DraftPart ReadText(string written, Place place, JsonElement? fallback)
    {
        var slash = written.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? written : written[..slash];
        var meant = MeantReferences.WithoutBeginning(written);
        if (name.Length == 0 || meant is not null || Path(written, slash) is not { } path)
        {
            draft.Findings.Error(place, "invalid_reference", $"{Shown.Text(written)} is no reference. {Form} {(meant is null ? "Correct it." : $"Did you mean {Shown.Text(meant)}?")}");
            return DraftPart.None;
        }

        if (name == "run" && (path.Length > 1 || (path.Length == 1 && path[0] != "id")))
        {
            draft.Findings.Error(place, "unknown_reference", $"{Shown.Text(written)} is not there. Of the run itself only `run/id` can be read. Correct it.");
            return DraftPart.None;
        }

        var source = _names.Resolve(name, written, place, fallback is not null);
        return source is null
            ? DraftPart.None
            : DraftPart.Of(() => new Template.Reference(source(), path, fallback, written));
    }

    /// <summary>The tokens of a reference that has been read before.</summary>
    public static ImmutableArray<string> PathOf(string written) => Path(written, written.IndexOf('/', StringComparison.Ordinal))!.Value;

    private static ImmutableArray<string>? Path(string written, int slash)
    {
        if (slash < 0)
            return [];

        var path = ImmutableArray.CreateBuilder<string>();
        foreach (var token in written[(slash + 1)..].Split('/'))
        {
            if (!token.Contains('~', StringComparison.Ordinal))
                path.Add(token);
            else if (Unescaped(token) is { } unescaped)
                path.Add(unescaped);
            else
                return null;
        }

        return path.ToImmutable();
    }

    private static string? Unescaped(string token)
    {
        for (var at = token.IndexOf('~', StringComparison.Ordinal); at >= 0; at = token.IndexOf('~', at + 1))
        {
            if (at + 1 == token.Length || token[at + 1] is not ('0' or '1'))
                return null;
        }

        return token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }
}
