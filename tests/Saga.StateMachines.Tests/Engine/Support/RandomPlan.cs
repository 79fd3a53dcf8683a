using System.Text.Json.Nodes;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>A random plan document with nodes of all kinds, in each other.</summary>
internal sealed class RandomPlan
{
    /// <summary>What the run receives: what templates of these plans refer to.</summary>
    public const string Input = """{"list":["x","y","z"],"text":"no list","yes":true,"no":false}""";

    private const int MostNodes = 40;
    private const int Deepest = 3;

    private readonly ByteReader _bytes;
    private readonly bool _mayFail;
    private readonly bool _isSequential;
    private int _left = MostNodes;

    private RandomPlan(byte[] bytes, bool mayFail, bool isSequential)
    {
        _bytes = new ByteReader(bytes);
        _mayFail = mayFail;
        _isSequential = isSequential;
    }

    /// <summary>Makes a plan.</summary>
    /// <param name="shape">The bytes it is made of.</param>
    /// <param name="mayFail">Whether it may hold what fails by itself, or depends on which of two signals comes first.</param>
    /// <param name="isSequential">Whether all nodes run one after the other, so that much depends on each.</param>
    public static Plan Of(byte[] shape, bool mayFail = true, bool isSequential = false) =>
        PlanText.Read(new RandomPlan(shape, mayFail, isSequential).Body(0, []).ToJsonString());

    private JsonObject Body(int depth, string[] reserved, JsonObject? body = null)
    {
        body ??= [];
        var nodes = new JsonArray();
        var names = new List<string>();
        var count = (_isSequential ? 3 : 1) + _bytes.Below(depth == 0 ? 9 : 4);
        for (var i = 0; i < count && _left > 0; i++)
        {
            _left--;
            nodes.Add((JsonNode)Node($"n{i}", names, depth, reserved));
            names.Add($"n{i}");
        }

        if (nodes.Count == 0)
        {
            nodes.Add((JsonNode)new JsonObject { ["name"] = "n0", ["constant"] = 1 });
        }

        body["nodes"] = nodes;
        // Only one of these makes clear what a body of several nodes returns.
        var isSequential = _isSequential || _bytes.OnceIn(3);
        if (isSequential)
        {
            body["sequential"] = true;
        }

        if (depth > 0 && (!isSequential || _bytes.OnceIn(6)))
        {
            body["output"] = Reference(_mayFail && _bytes.OnceIn(12) ? "n0/777" : "n0");
        }

        return body;
    }

    private JsonObject Node(string name, List<string> before, int depth, string[] reserved)
    {
        var node = new JsonObject { ["name"] = name };
        // Two bytes joined by "and" make a quarter of the edges, so that chains, branches and joins all occur.
        var edges = _bytes.Next() & _bytes.Next();
        var dependencies = before.Where((_, i) => (edges & (1 << i)) != 0).Select(other => (JsonNode)other).ToArray();
        if (dependencies.Length > 0)
        {
            node["dependsOn"] = new JsonArray(dependencies);
        }

        var kind = _bytes.Below(18);
        switch (depth < Deepest ? kind : kind % 8)
        {
            case 7:
                node["constant"] = new JsonObject { ["v"] = name };
                break;
            case 8:
                node["route"] = Route(depth, reserved);
                break;
            case 9 or 10 or 16:
                node["map"] = Map(depth, reserved);
                break;
            case 11 or 17:
                node["loop"] = Loop(depth, reserved);
                break;
            case 12:
                node["sleep"] = new JsonObject { ["for"] = _mayFail && _bytes.OnceIn(6) ? Reference("input/text") : "PT1M" };
                break;
            case 13:
                node["signal"] = RandomWaits.Signal(_bytes, _mayFail);
                break;
            case 14:
                node["child"] = new JsonObject { ["kind"] = "other", ["join"] = _bytes.OnceIn(3) ? "settled" : "completed" };
                break;
            case 15:
                node["subsaga"] = new JsonObject { ["plan"] = Body(depth + 1, []), ["input"] = Reference("input") };
                break;
            default:
                Step(node, name, before, reserved);
                break;
        }

        return node;
    }

    private void Step(JsonObject node, string name, List<string> before, string[] reserved)
    {
        node["step"] = $"step-{name}";
        switch (_bytes.Below(8))
        {
            case 1 or 2 when before.Count > 0:
                node["input"] = new JsonObject { ["of"] = Reference(before[_bytes.Below(before.Count)]) };
                break;
            case 3 or 4 when reserved.Length > 0:
                node["input"] = new JsonObject { ["at"] = Reference(reserved[_bytes.Below(reserved.Length)]) };
                break;
            case 5 when _mayFail && _bytes.OnceIn(3):
                node["input"] = Reference("input/nothing/there");
                break;
            case 6:
                node["input"] = "run ${run/id} ${context}";
                break;
        }

        switch (_bytes.Below(8))
        {
            case 1:
                node["compensation"] = "none";
                break;
            case 2 when _mayFail:
                node["compensation"] = "irreversible";
                break;
            case 3:
                node["compensation"] = new JsonObject { ["input"] = new JsonObject { ["made"] = Reference("output"), ["from"] = Reference("input") } };
                break;
            case 4:
                node["compensation"] = new JsonObject { ["retry"] = new JsonObject { ["maxAttempts"] = 2, ["jitter"] = false } };
                break;
        }

        if (_bytes.OnceIn(3))
        {
            node["retry"] = new JsonObject { ["maxAttempts"] = 1 + _bytes.Below(3), ["backoff"] = "fixed" };
        }
    }

    private JsonObject Route(int depth, string[] reserved)
    {
        var cases = new JsonArray();
        var count = 1 + _bytes.Below(2);
        for (var i = 0; i < count; i++)
        {
            JsonNode when = _bytes.Below(3) switch { 0 => true, 1 => new JsonObject { ["var"] = "input.no" }, _ => new JsonObject { ["var"] = "input.yes" } };
            cases.Add((JsonNode)Body(depth + 1, reserved, new JsonObject { ["when"] = when }));
        }

        var route = new JsonObject { ["cases"] = cases };
        if (_bytes.OnceIn(2))
        {
            route["default"] = Body(depth + 1, reserved);
        }

        return route;
    }

    private JsonObject Map(int depth, string[] reserved)
    {
        var map = new JsonObject
        {
            ["over"] = _bytes.Below(8) switch
            {
                0 => new JsonArray(),
                1 => new JsonArray(1),
                2 or 3 => Reference("input/list"),
                4 when _mayFail => Reference("input/text"),
                5 => new JsonArray(1, 2, 3, 4, 5),
                _ => new JsonArray(1, 2, 3),
            },
            ["failure"] = _bytes.OnceIn(2) ? "collect" : "failFast",
        };
        if (_bytes.OnceIn(2))
        {
            map["maxConcurrency"] = 1 + _bytes.Below(3);
        }

        return Body(depth + 1, [.. reserved, "item", "index"], map);
    }

    private JsonObject Loop(int depth, string[] reserved)
    {
        var isLong = _bytes.OnceIn(6) && depth == 0;
        var loop = new JsonObject { ["initial"] = 0, ["maxIterations"] = isLong ? 11 : 1 + _bytes.Below(3) };
        var until = _bytes.Below(4);
        if (until > 0)
        {
            loop["until"] = new JsonObject { [">="] = new JsonArray(new JsonObject { ["var"] = "iteration" }, isLong ? 9 : until - 1) };
            loop["onMaxIterations"] = _mayFail ? "fail" : "continue";
        }

        return Body(depth + 1, [.. reserved, "previous", "iteration"], loop);
    }

    private static JsonObject Reference(string to) => new() { ["$ref"] = to };
}
