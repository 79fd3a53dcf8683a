using Saga.StateMachines.Plans;

namespace Saga.Worker.Api;

/// <summary>How many bytes the body of a request may have, and what a person can do about one that has more.</summary>
/// <param name="Bytes">The most bytes.</param>
/// <param name="Reason">Tells why not more, and the remedy, in whole sentences.</param>
internal sealed record BodyLimit(long Bytes, Func<string> Reason)
{
    // Ids, keys and names.
    private const int Rest = 64 * 1024;

    // A document may have more bytes on its way than the reader of plans takes, so that the reader refuses it: it says more.
    private const int DocumentOnItsWay = 2 * PlanReader.MaxBytes;

    private const string ForPlans = "split the plan, or let a `child` do a part of it";

    public static BodyLimit OfDocument { get; } = new(
        DocumentOnItsWay,
        () => $"A plan document has at most {PlanReader.MaxBytes:N0}, and no setting changes that. Split the plan, let a `child` do a part of it, or pass large values in the run's input.");

    public static BodyLimit OfStop { get; } = new(Rest, () => "There is room for `by` and `reason`. Shorten them.");

    public static BodyLimit OfStart(int maxInputBytes) => new(
        (long)maxInputBytes + PlanReader.MaxBytes + Rest,
        () => $"There is room for an `input` of {maxInputBytes:N0} bytes, for a `plan` or `steps` of {PlanReader.MaxBytes:N0}, and for {Rest:N0} of other properties. "
        + $"If it is the input that has more, pass large things by reference, or raise Saga:MaxInputBytes. If it is the plan, {ForPlans}; no setting raises its limit.");

    public static BodyLimit OfSignal(int maxInputBytes) => new(
        (long)maxInputBytes + Rest,
        () => $"There is room for a `payload` of {maxInputBytes:N0} bytes, and for {Rest:N0} of other properties. Pass large things by reference, or raise Saga:MaxInputBytes.");
}
