using System.Collections.Immutable;
using System.Text.Json;
using Saga.StateMachines.Times;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A <c>retry</c> as it was written.</summary>
internal sealed class DraftRetry(RetryPolicy policy, RetryPolicy defaults)
{
    public RetryPolicy Policy { get; } = policy;

    public static DraftRetry? Read(JsonElement value, Place place, RetryPolicy defaults, Findings findings)
    {
        if (PropertyBag.Read(value, place, "a retry policy", PlanProperties.Retry, findings) is not { } bag)
            return null;

        var initial = Duration(bag, "initial", findings);
        var max = Duration(bag, "max", findings);
        if (initial > max)
            findings.Error(place["max"], "max_below_initial", $"`max` is {IsoDuration.Write(max.Value)} and `initial` is {IsoDuration.Write(initial.Value)}. The longest wait is at least the first. Correct one of them.");

        // A wait that is given alone moves the default of the other, which nobody wrote.
        var policy = new RetryPolicy(
            bag.Whole("maxAttempts", 1, int.MaxValue) ?? defaults.MaxAttempts,
            (Backoff)(bag.Choice("backoff", "exponential", "linear", "fixed") ?? (int)defaults.Backoff),
            initial ?? (max < defaults.Initial ? max.Value : defaults.Initial),
            max ?? (initial > defaults.Max ? initial.Value : defaults.Max),
            bag.Truth("jitter") ?? defaults.Jitter,
            Codes(bag, findings));
        return new DraftRetry(policy, defaults);
    }

    public void Write(Utf8JsonWriter json)
    {
        if (Policy.Equals(defaults))
            return;

        json.WriteStartObject("retry");
        if (Policy.MaxAttempts != defaults.MaxAttempts)
            json.WriteNumber("maxAttempts", Policy.MaxAttempts);
        if (Policy.Backoff != defaults.Backoff)
            json.WriteString("backoff", Policy.Backoff == Backoff.Linear ? "linear" : "fixed");
        if (Policy.Initial != defaults.Initial)
            json.WriteString("initial", IsoDuration.Write(Policy.Initial));
        if (Policy.Max != defaults.Max)
            json.WriteString("max", IsoDuration.Write(Policy.Max));
        if (!Policy.Jitter)
            json.WriteBoolean("jitter", false);
        if (!Policy.NonRetryable.IsEmpty)
        {
            json.WriteStartArray("nonRetryable");
            foreach (var code in Policy.NonRetryable)
                json.WriteStringValue(code);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static TimeSpan? Duration(PropertyBag bag, string name, Findings findings)
    {
        if (bag.Text(name) is not { } text)
            return null;
        if (IsoDuration.Read(text) is { } duration)
            return duration;
        findings.Error(bag.Place[name], "invalid_duration", $"`{name}` is {Shown.Text(text)}. {IsoDuration.Rule} Correct it.");
        return null;
    }

    private static ImmutableArray<string> Codes(PropertyBag bag, Findings findings)
    {
        if (!bag.TryGet("nonRetryable", out var list))
            return [];
        if (list.ValueKind != JsonValueKind.Array)
        {
            bag.WrongType("nonRetryable", list, "a list of failure codes");
            return [];
        }

        var codes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (index, element) in list.EnumerateArray().Index())
        {
            if (Shown.TextOf(element) is { } code && !string.IsNullOrWhiteSpace(code))
                codes.Add(code);
            else
                findings.Error(bag.Place["nonRetryable"][index], "wrong_type", $"This is {Shown.Json(element)}. In `nonRetryable` there must be codes of failures, as steps give them. Correct it.");
        }

        return [.. codes];
    }
}
