using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Baskets;

/// <summary>An instance whose lines are rows of their own.</summary>
public sealed class Basket : SagaStateMachineInstance, ISagaVersion
{
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    public ICollection<BasketLine> Lines { get; } = [];
}
