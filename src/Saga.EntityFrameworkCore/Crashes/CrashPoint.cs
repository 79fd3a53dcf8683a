namespace Saga.EntityFrameworkCore.Crashes;

/// <summary>The boundaries at which a test can have the process killed: between any two of them something has happened that cannot be taken back.</summary>
internal enum CrashPoint
{
    /// <summary>The statements of the transaction have been sent, and their results are being read.</summary>
    MidBatch,

    /// <summary>Every statement of the transaction has been executed, and its commit has not been sent.</summary>
    BeforeCommit,

    /// <summary>The transaction is committed, and nobody has been told.</summary>
    AfterCommit,

    /// <summary>The broker has one of the messages that belong together, and not the others.</summary>
    MidDelivery,

    /// <summary>The broker has every message, and the incoming one is not acknowledged.</summary>
    BeforeAcknowledge,

    /// <summary>Messages have been delivered, and their rows are about to be deleted.</summary>
    BeforeDeletion,
}
