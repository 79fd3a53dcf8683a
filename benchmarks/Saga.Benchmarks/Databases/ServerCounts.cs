using System.Runtime.InteropServices;

namespace Saga.Benchmarks.Databases;

/// <summary>Transactions as the database server counts them.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ServerCounts(long Commits, long Rollbacks);
