namespace Saga.EntityFrameworkCore.Telemetry;

/// <summary>What to ask for when listening to this library; the instruments and spans are listed in its README.</summary>
public static class AdapterTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Saga.EntityFrameworkCore";

    /// <summary>
    /// The tag <c>operation</c> of those <c>saga.db.round_trips</c> that wrote a batch. Entity Framework's own diagnostics do not report them; they do report
    /// the transaction.
    /// </summary>
    public const string Batch = "batch";

    /// <summary>
    /// The tag <c>operation</c> of those <c>saga.db.round_trips</c> that wrote a batch and committed it, so that each is a transaction, too. Entity
    /// Framework's own diagnostics report neither.
    /// </summary>
    public const string BatchWithCommit = "batch_with_commit";
}
