using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;
using Saga.StateMachines.Definitions.Translation;
using Saga.StateMachines.Times;

namespace Saga.StateMachines.Definitions;

/// <summary>A wait for signals: for ever, unless <see cref="Within(TimeSpan)"/> says otherwise.</summary>
/// <typeparam name="TSignal">The type of their payload.</typeparam>
public sealed class PlannedSignal<TSignal> : Node<SignalOutput<TSignal>>
{
    private readonly IReadOnlyList<string> _names;
    private readonly bool _all;
    private JsonNode? _timeout;
    private string? _onTimeout;
    private JsonNode? _default;

    internal PlannedSignal(Body body, string name, IReadOnlyList<string> names, bool all)
        : base(body, name)
    {
        _names = names;
        _all = all;
    }

    /// <summary>Limits the wait. When it is over, the node fails with <c>signal_timeout</c>, unless the next call says otherwise.</summary>
    /// <returns>The node.</returns>
    public PlannedSignal<TSignal> Within(TimeSpan timeout)
    {
        _timeout = IsoDuration.Write(timeout);
        return this;
    }

    /// <summary>Limits the wait by an ISO 8601 duration known only when the run is there, such as <c>PT10M</c>.</summary>
    /// <returns>The node.</returns>
    public PlannedSignal<TSignal> Within(Expression<Func<string>> timeout)
    {
        _timeout = Templates.Translate(Site("timeout"), timeout);
        return this;
    }

    /// <summary>When the time is over, the node completes with what came.</summary>
    /// <returns>The node.</returns>
    public PlannedSignal<TSignal> ElseContinue()
    {
        _onTimeout = "continue";
        return this;
    }

    /// <summary>When the time is over, the node completes with what came, and with this payload when nothing did.</summary>
    /// <returns>The node.</returns>
    public PlannedSignal<TSignal> ElseUse(TSignal payload)
    {
        _onTimeout = "default";
        _default = JsonSerializer.SerializeToNode(payload, JsonSerializerOptions.Web);
        return this;
    }

    private protected override void Describe(JsonObject json)
    {
        var signal = new JsonObject { ["names"] = new JsonArray([.. _names.Select(name => (JsonNode)name)]) };
        if (_all)
            signal["mode"] = "all";
        if (_timeout is not null)
            signal["timeout"] = _timeout.DeepClone();
        if (_onTimeout is not null)
            signal["onTimeout"] = _onTimeout;
        if (_onTimeout == "default")
            signal["default"] = _default?.DeepClone();
        json["signal"] = signal;
    }
}
