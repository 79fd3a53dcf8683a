using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Saga.Worker.Tests.Cli;

/// <summary>Runs as the server describes them.</summary>
internal static class CannedRun
{
    public const string Id = "0199c0de-5a6a-7000-8000-000000000001";

    public static string Get => $"GET /api/runs/{Id}";

    /// <summary>A run of the given nodes, each <c>step</c> or, when begun, <c>step:status</c>.</summary>
    public static string Of(string status, params string[] nodes) => Document(status, nodes).ToJsonString();

    public static JsonObject Document(string status, params string[] nodes)
    {
        string[][] parts = [.. nodes.Select(node => node.Split(':'))];
        return new JsonObject
        {
            ["id"] = Id,
            ["status"] = status,
            ["input"] = new JsonObject { ["message"] = "hello" },
            ["createdAt"] = At(-60),
            ["startedAt"] = At(-60),
            ["plan"] = List(parts, (node, index) => Node(node, index)),
            ["nodes"] = List(parts, (node, index) => node.Length > 1 ? Begun(node, index) : null),
        };
    }

    /// <summary>The node of the ledger at <paramref name="position"/>, to be changed.</summary>
    public static JsonObject Ledger(this JsonObject run, int position) => run["nodes"]!.AsArray()[position]!.AsObject();

    public static string Problem(string title, string detail) => JsonSerializer.Serialize(new { title, detail });

    private static JsonObject Begun(string[] node, int index)
    {
        JsonObject begun = Node(node, index);
        begun["status"] = node[1];
        begun["attempts"] = 1;
        begun["startedAt"] = At(-60);
        begun["completedAt"] = node[1] == "running" ? null : At(-58.5);
        return begun;
    }

    private static JsonObject Node(string[] node, int index) => new() { ["index"] = index, ["name"] = $"{node[0]}-{index}", ["step"] = node[0] };

    private static JsonArray List(string[][] parts, Func<string[], int, JsonNode?> make) =>
        new([.. parts.Select(make).Where(node => node is not null)]);

    private static string At(double seconds) => TickingTime.Now.AddSeconds(seconds).ToString("O", CultureInfo.InvariantCulture);
}
