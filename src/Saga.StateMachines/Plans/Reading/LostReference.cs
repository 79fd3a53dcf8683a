namespace Saga.StateMachines.Plans.Reading;

/// <summary>A reference to a name that is not in sight.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">The name.</param>
/// <param name="Body">The body from which it looks.</param>
/// <param name="IsDependency">True when it stands in <c>dependsOn</c>, where only names of the same body count.</param>
internal sealed record LostReference(Place Place, string Name, DraftBody Body, bool IsDependency);
