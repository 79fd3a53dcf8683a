using Saga.Worker.Hosting;

namespace Saga.Benchmarks.Ceiling;

/// <summary>How little the ceiling does.</summary>
/// <param name="QueueType">What kind of queues it has, as the product.</param>
/// <param name="Lean">True to publish nothing but the end of a run.</param>
internal sealed record CeilingOptions(QueueType QueueType, bool Lean);
