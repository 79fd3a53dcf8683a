using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;
using Saga.StateMachines.Definitions.Translation;

namespace Saga.StateMachines.Definitions;

/// <summary>Another plan inlined. It sees nothing of this one but its input, and only its output is seen here.</summary>
/// <typeparam name="TOutput">What it returns.</typeparam>
public sealed class PlannedSubsaga<TOutput> : Node<TOutput>
{
    private readonly JsonElement _plan;
    private readonly JsonNode? _input;

    internal PlannedSubsaga(Body body, string name, JsonElement plan, LambdaExpression input)
        : base(body, name)
    {
        _plan = plan;
        _input = Templates.Translate(Site("input"), input);
    }

    private protected override void Describe(JsonObject json) =>
        json["subsaga"] = new JsonObject { ["plan"] = JsonObject.Create(_plan), ["input"] = _input?.DeepClone() };
}
