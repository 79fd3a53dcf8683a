using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Orders;

public sealed class Order : SagaStateMachineInstance, ISagaVersion
{
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    public string Number { get; set; } = "";

    public int Total { get; set; }
}
