using System.Data.Common;
using Saga.EntityFrameworkCore.Batching;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>Writes rows in as few statements as its database allows.</summary>
internal interface IRowWriter
{
    /// <summary>Writes the rows in the transaction, which the caller commits if nothing is returned, and rolls back otherwise.</summary>
    /// <returns>Whose rows were overtaken by another message's: changed or deleted since they were read, or inserted first.</returns>
    Task<HashSet<SaveChain>> WriteAsync(DbTransaction transaction, IEnumerable<RowGroup> groups, CancellationToken cancellationToken);
}
