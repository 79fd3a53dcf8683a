using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>A crate: a saga instance that holds amounts of articles, in a shape of its own.</summary>
public interface IShaped<TSelf> : SagaStateMachineInstance
    where TSelf : class, IShaped<TSelf>
{
    string CurrentState { get; set; }

    /// <summary>What is in it, such as <c>1 apples, 2 pears</c>.</summary>
    string Contents { get; }

    /// <summary>Puts so many more of an article into it; takes the article out when none is left.</summary>
    void Put(string article, int amount);

    /// <summary>Maps it, but for its key.</summary>
    static abstract void Map(ModelBuilder modelBuilder, DatabaseKind kind);
}
