using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A <c>compensation</c> as it was written.</summary>
internal sealed class DraftCompensation
{
    private const string Rule = "It must be `none`, `irreversible` or an object with `input` and `retry`.";

    private DraftTemplate? _input;
    private DraftRetry? _retry;

    public CompensationMode Mode { get; private init; }

    public static DraftCompensation? Read(JsonElement value, DraftNode node, Place place, PlanDraft draft)
    {
        if (Shown.TextOf(value) is { } text)
            return OfText(text, place, draft.Findings);

        if (value.ValueKind != JsonValueKind.Object)
        {
            draft.Findings.Error(place, "wrong_type", $"`compensation` is {Shown.Json(value)}. {Rule} Correct it, or leave it out.");
            return null;
        }

        var bag = PropertyBag.Read(value, place, "a compensation", PlanProperties.Compensation, draft.Findings)!;
        var compensation = new DraftCompensation();
        if (bag.TryGet("input", out var input))
            compensation._input = new TemplateReader(draft, new(node.Body, node) { IsCompensation = true }).Read(input, place["input"]);
        if (bag.TryGet("retry", out var retry))
            compensation._retry = DraftRetry.Read(retry, place["retry"], RetryPolicy.ForCompensation, draft.Findings);
        return compensation;
    }

    public CompensationPolicy Make() => new()
    {
        Mode = Mode,
        Input = _input?.Make(),
        Retry = _retry?.Policy ?? RetryPolicy.ForCompensation,
    };

    public void Write(Utf8JsonWriter json)
    {
        if (Mode != CompensationMode.Command)
        {
            json.WriteString("compensation", Mode == CompensationMode.None ? "none" : "irreversible");
        }
        else if (_input is not null || (_retry is not null && !_retry.Policy.Equals(RetryPolicy.ForCompensation)))
        {
            json.WriteStartObject("compensation");
            _input?.Write(json, "input");
            _retry?.Write(json);
            json.WriteEndObject();
        }
    }

    private static DraftCompensation? OfText(string text, Place place, Findings findings)
    {
        switch (text)
        {
            case "none":
                return new() { Mode = CompensationMode.None };
            case "irreversible":
                return new() { Mode = CompensationMode.Irreversible };
            default:
                findings.Error(place, "unknown_value", $"`compensation` is {Shown.Text(text)}. {Rule} {findings.DidYouMean(text, ["none", "irreversible"], "Choose one of them.")}");
                return null;
        }
    }
}
