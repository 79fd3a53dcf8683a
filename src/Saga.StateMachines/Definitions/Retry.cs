using System.Text.Json.Nodes;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Times;

namespace Saga.StateMachines.Definitions;

/// <summary>The <c>retry</c> of a step or its compensation: only what the definition says, so that defaults stay those of the service.</summary>
internal sealed record Retry(int? MaxAttempts, Backoff? Backoff, TimeSpan? Initial, TimeSpan? Max, bool? Jitter, IReadOnlyList<string>? NonRetryable)
{
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (MaxAttempts is { } attempts)
            json["maxAttempts"] = attempts;
        if (Backoff is { } backoff)
            json["backoff"] = backoff switch { Plans.Backoff.Fixed => "fixed", Plans.Backoff.Linear => "linear", _ => "exponential" };
        if (Initial is { } initial)
            json["initial"] = IsoDuration.Write(initial);
        if (Max is { } max)
            json["max"] = IsoDuration.Write(max);
        if (Jitter is { } jitter)
            json["jitter"] = jitter;
        if (NonRetryable is { } codes)
            json["nonRetryable"] = new JsonArray([.. codes.Select(code => (JsonNode)code)]);
        return json;
    }
}
