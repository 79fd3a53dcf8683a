namespace Saga.EntityFrameworkCore.Scheduling;

/// <summary>A consume context within the outbox: what is sent through it, and what it cancels, belongs to the commit of its message.</summary>
internal interface ICapturesMessages
{
    /// <summary>Makes the commit delete what is scheduled under a token.</summary>
    Task CancelAsync(Guid scheduleTokenId, CancellationToken cancellationToken);
}
