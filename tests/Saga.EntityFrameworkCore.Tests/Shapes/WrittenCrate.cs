using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>A crate that is one row.</summary>
public abstract class WrittenCrate : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public string Written { get; set; } = "";

    public string Contents => Written;

    public void Put(string article, int amount) => Written = Amounts.Put(Written, article, amount);
}
