using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Saga.StateMachines.Definitions.Translation;

namespace Saga.StateMachines.Definitions;

/// <summary>Another run, awaited.</summary>
/// <typeparam name="TOutput">What the node returns.</typeparam>
public sealed class PlannedChild<TOutput> : Node<TOutput>
{
    private readonly string _kind;
    private readonly int? _version;
    private readonly JsonNode? _input;
    private readonly bool _settled;

    internal PlannedChild(Body body, string name, (string Kind, int? Version) run, LambdaExpression input, bool settled)
        : base(body, name)
    {
        (_kind, _version) = run;
        _input = Templates.Translate(Site("input"), input);
        _settled = settled;
    }

    private protected override void Describe(JsonObject json)
    {
        var child = new JsonObject { ["kind"] = _kind };
        if (_version is { } version)
            child["version"] = version;
        child["input"] = _input?.DeepClone();
        if (_settled)
            child["join"] = "settled";
        json["child"] = child;
    }
}
