using System.Transactions;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Saga.EntityFrameworkCore.Databases;

/// <summary>Whether what a context saves would only be committed later, by somebody else.</summary>
internal static class OpenTransaction
{
    /// <summary>The context has begun or was given a transaction, is enlisted in one, or would enlist in the one around this code.</summary>
    public static bool IsOpenIn(DatabaseFacade database) =>
        (database.CurrentTransaction, Transaction.Current ?? database.GetEnlistedTransaction()) is not (null, null);
}
