using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Saga.StateMachines.Definitions.Translation;

namespace Saga.StateMachines.Definitions;

/// <summary>A body for each element of a list. Its output is the list of their results, in the order of the elements.</summary>
/// <typeparam name="TOutput">The list's type.</typeparam>
public sealed class PlannedMap<TOutput> : Node<TOutput>
{
    private readonly JsonNode? _over;
    private readonly bool _collects;
    private Body? _body;
    private int? _maxConcurrency;

    internal PlannedMap(Body body, string name, LambdaExpression over, bool collects)
        : base(body, name)
    {
        if (!Lists.IsList(over.Body.Type))
            throw Site("over").Refused(over.Body, $"is a `{over.Body.Type.Name}`, which is no list in JSON", "A map needs a list. Declare it as one.");
        _over = Templates.Translate(Site("over"), over);
        _collects = collects;
    }

    /// <summary>Limits how many items are in flight at once, 1 to 10,000. By default all are.</summary>
    /// <returns>The node.</returns>
    public PlannedMap<TOutput> MaxConcurrency(int items)
    {
        _maxConcurrency = items;
        return this;
    }

    internal PlannedMap<TOutput> Fill<TBody>(TBody body, Action<TBody> fill)
        where TBody : Body
    {
        _body = body;
        body.Fill(() => fill(body));
        return this;
    }

    private protected override void Describe(JsonObject json)
    {
        var map = new JsonObject { ["over"] = _over?.DeepClone() };
        if (_maxConcurrency is { } items)
            map["maxConcurrency"] = items;
        if (_collects)
            map["failure"] = "collect";
        json["map"] = _body!.WriteTo(map);
    }
}
