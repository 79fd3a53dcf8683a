namespace Saga.StateMachines.Plans.Reading;

/// <summary>A reference in the input of a compensation.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Reader">The node that compensates, or the one around it in the same body as <paramref name="Target"/>.</param>
/// <param name="Target">What it reads.</param>
/// <param name="HasDefault">Whether it says what to take when there is nothing.</param>
internal sealed record CompensationRead(Place Place, DraftNode Reader, DraftNode Target, bool HasDefault);
