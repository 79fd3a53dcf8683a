using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>A crate whose lines are objects of their own, stored somehow.</summary>
public abstract class LinedCrate : SagaStateMachineInstance, ISagaVersion
{
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    public ICollection<CrateLine> Lines { get; } = [];

    public string Contents => Lines.Write();

    public virtual void Put(string article, int amount) => Lines.Put(article, amount, () => new CrateLine());
}

/// <summary>A line without key.</summary>
public sealed class CrateLine : ICrateLine
{
    public string Article { get; set; } = "";

    public int Amount { get; set; }
}
