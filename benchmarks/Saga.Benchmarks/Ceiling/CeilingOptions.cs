namespace Saga.Benchmarks.Ceiling;

/// <summary>How little the ceiling does.</summary>
/// <param name="Lean">True to publish nothing but the end of a run.</param>
internal sealed record CeilingOptions(bool Lean);
