namespace Saga.StateMachines.Plans;

/// <summary>A case of a route.</summary>
/// <param name="When">Chosen when this is truthy.</param>
/// <param name="Branch">The position of the branch to run then.</param>
public sealed record RouteCase(Template.Rule When, int Branch);
