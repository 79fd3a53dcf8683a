using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Quotes;

/// <summary>An offer that lapses by itself.</summary>
public sealed class Quote : SagaStateMachineInstance, ISagaVersion
{
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    /// <summary>The token of the lapse that is scheduled.</summary>
    public Guid? LapseTokenId { get; set; }
}
