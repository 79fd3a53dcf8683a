namespace Saga.Benchmarks.Databases;

/// <summary>Transactions as the database server counts them.</summary>
internal readonly record struct ServerCounts(long Commits, long Rollbacks);
