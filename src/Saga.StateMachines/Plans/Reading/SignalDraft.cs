using System.Collections.Immutable;
using System.Text.Json;
using Saga.Contracts;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A <c>signal</c> as it was written: text is short for one name, and so is <c>name</c>.</summary>
internal sealed class SignalDraft : DraftKind
{
    private ImmutableArray<string> _names = [];
    private bool _all;
    private DraftTemplate? _timeout;
    private SignalTimeout _onTimeout;
    private JsonElement? _default;

    public override bool CanFail => _timeout is not null && _onTimeout == SignalTimeout.Fail;

    public static SignalDraft? Read(DraftNode node, PropertyBag properties, PlanDraft draft)
    {
        _ = properties.TryGet("signal", out var value);
        var place = properties.Place["signal"];
        var signal = new SignalDraft();
        var names = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        if (value.ValueKind == JsonValueKind.String)
        {
            Take(value, place, names, draft);
        }
        else
        {
            if (PropertyBag.Read(value, place, "a signal", PlanProperties.Signal, draft.Findings) is not { } bag)
                return null;
            ReadNames(bag, names, draft);
            signal.ReadRest(bag, node, draft);
        }

        signal._names = [.. names.Keys];
        return signal;
    }

    public override PlanNode Make(DraftNode node) => new SignalNode(node.Index, node.FullName, node.DependsOn)
    {
        Names = _names,
        WaitsForAll = _all,
        Timeout = _timeout?.Make(),
        OnTimeout = _onTimeout,
        Default = _default,
    };

    public override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("signal");
        json.WriteStartArray("names");
        foreach (var name in _names)
            json.WriteStringValue(name);
        json.WriteEndArray();
        if (_all)
            json.WriteString("mode", "all");
        _timeout?.Write(json, "timeout");
        if (_onTimeout != SignalTimeout.Fail)
            json.WriteString("onTimeout", _onTimeout == SignalTimeout.Continue ? "continue" : "default");
        if (_default is { } value)
        {
            json.WritePropertyName("default");
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void ReadNames(PropertyBag bag, OrderedDictionary<string, bool> names, PlanDraft draft)
    {
        var isOne = bag.TryGet("name", out var name);
        if (isOne && bag.Has("names"))
            draft.Findings.Error(bag.Place, "extra_properties", "The signal has both `name` and `names`. `name` is short for a list of one. Remove one of them.");
        if (isOne)
            Take(name, bag.Place["name"], names, draft);
        else if (bag.TryGetList("names", "A signal is known by its name.", out var list))
        {
            foreach (var (index, element) in list.Value.EnumerateArray().Index())
                Take(element, bag.Place["names"][index], names, draft);
        }
    }

    private static void Take(JsonElement value, Place place, OrderedDictionary<string, bool> names, PlanDraft draft)
    {
        if (Shown.TextOf(value) is not { } name)
            draft.Findings.Error(place, "wrong_type", $"This is {Shown.Json(value)}. The name of a signal is text. Correct it.");
        else if (!draft.Options.WasAccepted && !SignalName.IsValid(name))
            draft.Findings.Error(place, "invalid_name", $"The name of the signal is {Shown.Text(name)}, with {name.Length} characters. {SignalName.Rule} Correct it.");
        else if (!names.TryAdd(name, true))
            draft.Findings.Error(place, "duplicate_name", $"The signal `{name}` is named twice. Each is waited for once. Remove one of them.");
    }

    private void ReadRest(PropertyBag bag, DraftNode node, PlanDraft draft)
    {
        _all = bag.Choice("mode", "any", "all") == 1;
        _onTimeout = (SignalTimeout)(bag.Choice("onTimeout", "fail", "continue", "default") ?? 0);
        if (bag.TryGet("timeout", out var timeout))
            _timeout = TimeTemplate.Duration(timeout, bag.Place["timeout"], new(node.Body, node), draft);
        else if (bag.Has("onTimeout"))
            draft.Findings.Error(bag.Place["onTimeout"], "missing_property", "`onTimeout` is there, but no `timeout`. Without one the node waits for ever. Add `timeout`, or remove `onTimeout`.");
        if (bag.TryGet("default", out var value))
        {
            Values.Check(value, bag.Place["default"], draft);
            _default = value;
        }

        if (_default is not null != (_onTimeout == SignalTimeout.Default))
        {
            draft.Findings.Error(bag.Place, "missing_property", _default is null
                ? "`onTimeout` is `default`, but there is no `default`. It is the payload of a signal that did not come in time. Add it."
                : "`default` is there, but `onTimeout` is not `default`. It would never be used. Add `onTimeout: default`, or remove it.");
        }
    }
}
