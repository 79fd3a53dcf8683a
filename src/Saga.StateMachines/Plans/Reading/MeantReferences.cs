using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Finds text that was probably meant as a reference, and says how that is written.</summary>
internal static class MeantReferences
{
    private const string Code = "looks_like_reference";

    // Longer ones are no reference that anybody would recognise in a message.
    private const int MaxLength = 200;

    // How other languages begin a path from the top: JSON Pointer itself, its form in URIs, and JSONPath.
    private static readonly string[] _beginnings = ["#/", "/", "$."];

    /// <summary>A question for the reference that was meant, or the other remedy.</summary>
    public static string DidYouMean(JsonElement value, Viewpoint view, string otherwise) =>
        Shown.TextOf(value) is { } text && Of(text, view) is { } reference ? $"Did you mean `{{ $ref: {reference} }}`?" : otherwise;

    /// <summary>The reference without what other languages put before it; null when nothing is before it.</summary>
    public static string? WithoutBeginning(string text) =>
        Array.Find(_beginnings, beginning => text.Length > beginning.Length && text.StartsWith(beginning, StringComparison.Ordinal)) is { } found ? text[found.Length..] : null;

    /// <summary>Warns of text in a template that reads like a reference with a path.</summary>
    public static void WarnOf(string text, Place place, Viewpoint view, Findings findings)
    {
        if (text.Contains('/', StringComparison.Ordinal) && Of(text, view) is { } reference)
            findings.Warning(place, Code, $"This is the text {Shown.Text(text)} as it stands, which reads like a reference. Write `{{ $ref: {reference} }}` if the value is meant, or `{{ $literal: … }}` if it is the text.");
    }

    /// <summary>Warns of an output or a first value that is only the name of a node.</summary>
    public static void WarnOfName(DraftTemplate template, Place place, Viewpoint view, Findings findings)
    {
        if (template.Part is { IsAsWritten: true } && Shown.TextOf(template.Written) is { } text && !text.Contains('/', StringComparison.Ordinal) && IsNode(text, view))
            findings.Warning(place, Code, $"This is the text {Shown.Text(text)} as it stands, which is the name of a node. Write `{{ $ref: {text} }}` if what it returns is meant, or `{{ $literal: … }}` if it is the text.");
    }

    /// <summary>Warns of text in a rule that reads like a reference, and of a rule that is nothing but text.</summary>
    public static void WarnOfRule(JsonElement rule, Place place, Viewpoint view, Findings findings)
    {
        if (Shown.TextOf(rule) is { } text)
        {
            var meant = Of(text, view) is { } reference ? $"Did you mean `{{ $ref: {reference} }}`?" : "Correct it.";
            findings.Warning(place, Code, $"This rule is the text {Shown.Text(text)}, which gives itself and counts as {(text.Length > 0 ? "true" : "false")}. A rule is an object such as `{{ var: input.size }}`. {meant}");
            return;
        }

        Inside(rule, place, view, findings);
    }

    private static void Inside(JsonElement rule, Place place, Viewpoint view, Findings findings)
    {
        switch (rule.ValueKind)
        {
            case JsonValueKind.String:
                WarnOf(rule.GetString()!, place, view, findings);
                break;
            case JsonValueKind.Array:
                foreach (var (index, element) in rule.EnumerateArray().Index())
                    Inside(element, place[index], view, findings);
                break;
            case JsonValueKind.Object:
                foreach (var property in rule.EnumerateObject().Where(property => property.Name is not ("var" or "missing" or "missing_some" or "$ref" or "default")))
                    Inside(property.Value, place[property.Name], view, findings);
                break;
        }
    }

    private static string? Of(string text, Viewpoint view)
    {
        var path = WithoutBeginning(text) ?? text;
        if (path.Length is 0 or > MaxLength || path.Any(char.IsWhiteSpace))
            return null;

        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (IsInSight(slash < 0 ? path : path[..slash], view))
            return slash == path.Length - 1 ? null : path;
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return slash < 0 && dot > 0 && dot < path.Length - 1 && IsInSight(path[..dot], view) ? path.Replace('.', '/') : null;
    }

    private static bool IsInSight(string name, Viewpoint view) => name switch
    {
        "input" or "context" or "run" => true,
        "item" or "index" => Scope.Nearest(view.Body, BodyKind.Item) is not null,
        "previous" or "iteration" => Scope.Nearest(view.Body, BodyKind.Iteration) is not null,
        "output" => view.IsUntil || view.IsCompensation,
        _ => IsNode(name, view),
    };

    private static bool IsNode(string name, Viewpoint view)
    {
        for (var body = view.IsUntil ? view.Body.Owner!.Body : view.Body; body is not null; body = body.Outer)
        {
            if (body.ByName.TryGetValue(name, out var node))
                return node != view.Node;
        }

        return false;
    }
}
