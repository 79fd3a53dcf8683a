using System.Linq.Expressions;
using System.Text.Json;

namespace Saga.StateMachines.Definitions;

/// <content>Groups, routes, maps and loops.</content>
public abstract partial class Body
{
    /// <summary>
    /// Groups nodes that may run at once. Nodes that read nothing of each other do so anyway; the group says it to the reader, and
    /// <see cref="NodeOrder.After"/> it waits for all of them.
    /// </summary>
    /// <param name="branches">Each adds nodes to this body, which is its argument.</param>
    public NodeGroup Parallel(params Action<Body>[] branches)
    {
        if (_isSequential)
        {
            throw new PlanDefinitionException(
                $"`Parallel` is used {Place}, which runs in sequence. A body is one or the other. Remove `InSequence`, and order nodes with `After`.");
        }

        var first = _nodes.Count;
        foreach (var branch in branches)
            branch(this);
        return new NodeGroup(_nodes[first..]);
    }

    /// <summary>Groups nodes that are there already: <c>plan.Parallel(plan.Step(…), plan.Step(…))</c>.</summary>
    /// <param name="nodes">Nodes and groups.</param>
    public NodeGroup Parallel(params Prerequisite[] nodes) => new([.. nodes.SelectMany(node => node.Nodes)]);

    /// <summary>Adds a route: <c>Route("size").When("large", () => …, branch => …).Otherwise(branch => …)</c>.</summary>
    /// <param name="name">The name of the node, unique within the body.</param>
    public PlannedRoute Route(string name) => Add(new PlannedRoute(this, name));

    /// <summary>Adds a body for each element of a list known only when the run is there. Its first failure fails the node.</summary>
    /// <typeparam name="TItem">The type of the elements.</typeparam>
    /// <typeparam name="TOutput">The result of the body.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="over">The list.</param>
    /// <param name="body">Fills the body and returns its result.</param>
    public PlannedMap<IReadOnlyList<TOutput>> ForEach<TItem, TOutput>(
        string name, Expression<Func<IEnumerable<TItem>>> over, Func<ItemBody<TItem>, IResult<TOutput>> body)
    {
        var map = Add(new PlannedMap<IReadOnlyList<TOutput>>(this, name, over, collects: false));
        return map.Fill(new ItemBody<TItem>(map), items => items.Take(body(items)));
    }

    /// <summary>Adds a body without a result for each element of a list known only when the run is there. Its first failure fails the node.</summary>
    /// <typeparam name="TItem">The type of the elements.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="over">The list.</param>
    /// <param name="body">Fills the body.</param>
    public PlannedMap<IReadOnlyList<JsonElement>> ForEach<TItem>(string name, Expression<Func<IEnumerable<TItem>>> over, Action<ItemBody<TItem>> body)
    {
        var map = Add(new PlannedMap<IReadOnlyList<JsonElement>>(this, name, over, collects: false));
        return map.Fill(new ItemBody<TItem>(map), body);
    }

    /// <summary>Adds a body for each element of a list, and lets all of them settle: the failure of an item is its result.</summary>
    /// <typeparam name="TItem">The type of the elements.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="over">The list.</param>
    /// <param name="body">Fills the body.</param>
    public PlannedMap<IReadOnlyList<JsonElement>> ForEachSettled<TItem>(string name, Expression<Func<IEnumerable<TItem>>> over, Action<ItemBody<TItem>> body)
    {
        var map = Add(new PlannedMap<IReadOnlyList<JsonElement>>(this, name, over, collects: true));
        return map.Fill(new ItemBody<TItem>(map), body);
    }

    /// <summary>Adds a loop, which feeds back what its body returns.</summary>
    /// <typeparam name="TState">What an iteration returns and the next one receives.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="initial">What the first iteration receives.</param>
    /// <param name="body">Fills the body and returns its result.</param>
    public PlannedLoop<TState> Loop<TState>(string name, Expression<Func<TState>> initial, Func<IterationBody<TState>, IResult<TState>> body) =>
        Add(new PlannedLoop<TState>(this, name, initial)).Fill(body);

    internal TNode Replace<TNode>(Node old, TNode replacement)
        where TNode : Node
    {
        _nodes[_nodes.IndexOf(old)] = replacement;
        return replacement;
    }
}
