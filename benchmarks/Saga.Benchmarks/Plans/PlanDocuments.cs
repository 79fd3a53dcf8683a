using System.Text.Json;
using System.Text.Json.Nodes;

namespace Saga.Benchmarks.Plans;

/// <summary>The plans that are measured. Their step waits for no time and puts nothing into the shared context, which would grow with the plan.</summary>
internal static class PlanDocuments
{
    public const string Step = "delay";

    private static JsonObject NoTime => new() { ["delay"] = "PT0S" };

    /// <summary>One step after the other.</summary>
    public static JsonElement Chain(int nodes) => Plan(Enumerable.Range(0, nodes).Select(index => new JsonObject
    {
        ["name"] = $"node-{index}",
        ["step"] = Step,
        ["input"] = NoTime,
        ["dependsOn"] = index == 0 ? new JsonArray() : new JsonArray($"node-{index - 1}"),
    }));

    /// <summary>A chain that fails at its first node, so that its start is all it costs.</summary>
    /// <param name="nodes">How many nodes it has.</param>
    /// <param name="mark">Makes it a plan nobody has read before.</param>
    public static JsonElement FailingChain(int nodes, string mark)
    {
        var plan = JsonObject.Create(Chain(nodes))!;
        plan["nodes"]![0]!["step"] = "fail";
        plan["name"] = mark;
        return JsonSerializer.SerializeToElement(plan);
    }

    /// <summary>A step for each element of the run's input.</summary>
    public static JsonElement FanOut(int atOnce) => Plan([new JsonObject
    {
        ["name"] = "items",
        ["map"] = new JsonObject
        {
            ["over"] = new JsonObject { ["$ref"] = "input" },
            ["maxConcurrency"] = atOnce,
            ["nodes"] = new JsonArray(new JsonObject { ["name"] = "work", ["step"] = Step, ["input"] = NoTime }),
        },
    }]);

    private static JsonElement Plan(IEnumerable<JsonObject> nodes) =>
        JsonSerializer.SerializeToElement(new JsonObject { ["nodes"] = new JsonArray([.. nodes]) });
}
