namespace Saga.StateMachines.Plans;

/// <summary>Where a value of a template comes from.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Level">How many graphs further out the node is: 0 is the graph of the template, 1 the graph in which the map or loop stands of whose body it is, and so on.</param>
/// <param name="Node">The position of the node in that graph; 0 where the kind needs none.</param>
public sealed record Source(SourceKind Kind, int Level = 0, int Node = 0);
