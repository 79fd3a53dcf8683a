using System.Collections.Concurrent;
using System.Text.Json;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Deployments;

/// <summary>
/// Runs that mostly wait: for the moment of another attempt, for the end of a sleep, for a signal (a node and a step do), for a child that sleeps. One
/// in four gives up in the end and is compensated, its child too.
/// </summary>
public sealed class WaitingLoad(Uri? broker = null)
{
    private const string Plan = """
        {
          "nodes": [
            {"name": "left", "step": "echo"},
            {"name": "right", "step": "delay", "input": {"delay": "PT0.2S"}},
            {"name": "items", "map": {"over": {"$ref": "input/items"}, "maxConcurrency": 2, "nodes": [{"name": "copy", "step": "echo", "input": {"message": {"$ref": "item"}}}]}},
            {"name": "asks", "step": "await-signal", "input": {"signal": "answer", "timeout": "PT5H"}},
            {"name": "gate", "signal": {"name": "go", "timeout": "PT5H"}},
            {"name": "rest", "sleep": "PT2S", "dependsOn": ["left", "right"]},
            {"name": "child", "dependsOn": ["rest"], "child": {"plan": {"nodes": [{"name": "work", "step": "echo"}, {"name": "nap", "sleep": "PT1S"}]}, "input": {"message": "child"}}},
            {"name": "flaky", "step": "flaky", "dependsOn": ["child", "items", "gate", "asks"],
              "input": {"succeedAt": {"$ref": "input/succeedAt"}}, "retry": {"maxAttempts": 3, "initial": "PT1S", "max": "PT1S", "jitter": false}}
          ],
          "output": {"items": {"$ref": "items"}, "gate": {"$ref": "gate/payload"}, "asks": {"$ref": "asks/payload"}, "attempt": {"$ref": "flaky/attempt"}}
        }
        """;

    private static readonly string[] Ends = ["completed", "rolled_back", "failed"];

    private readonly ConcurrentDictionary<Guid, int> _runs = new();

    public Task StartAsync(int count, RunApi api) => Parallel.ForEachAsync(Enumerable.Range(0, count), async (number, cancellation) =>
    {
        var id = Guid.CreateVersion7();
        await api.StartPlanAsync(id, JsonElement.Parse(Plan), new { items = new[] { "a", "b", "c" }, succeedAt = Fails(number) ? 9 : 3, message = number }, cancellation);
        _runs[id] = number;
    });

    /// <summary>Sends one of the two signals to every run, to every other one over the bus if there is any, and each twice.</summary>
    public Task SignalAsync(string name, RunApi api) => Parallel.ForEachAsync(_runs.Concat(_runs), async (run, cancellation) =>
    {
        var (payload, dedupKey) = (run.Value, $"{name}-{run.Key}");
        if (broker is not null && run.Value % 2 == 1)
            await new PlainSender(broker).SendAsync("Saga.Contracts:SignalProvisioning", JsonSerializer.Serialize(new { runId = run.Key, name, payload, dedupKey }));
        else
            await api.SignalAsync(run.Key, name, new { payload, dedupKey }, cancellation);
    });

    /// <summary>Waits until a node of every run has this status.</summary>
    public Task SeeAsync(string node, string status, RunApi api, Func<string> output) => Parallel.ForEachAsync(_runs.Keys, async (run, _) => await Eventually.SeeAsync(
        $"`{node}` of run {run} to be {status}",
        async token => (await api.ReadAsync(run, token)).GetProperty("nodes").EnumerateArray().Where(row => row.GetProperty("name").GetString() == node).ToList(),
        rows => rows.Count == 1 && rows[0].GetProperty("status").GetString() == status,
        context: output));

    /// <summary>Waits until every run has ended, and compares each with what it had to become.</summary>
    public async Task EndsAsIntendedAsync(RunApi api, Func<string> output)
    {
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(_runs, async (run, _) =>
        {
            var seen = await Eventually.SeeAsync(
                $"run {run.Key} to end", token => api.ReadAsync(run.Key, token), read => Ends.Contains(read.GetProperty("status").GetString()), context: output);
            if (EndOf(seen) != Expected(run.Value))
                wrong.Add($"{run.Key} ended as {EndOf(seen)} instead of {Expected(run.Value)}");
        });
        wrong.ShouldBeEmpty(output());
    }

    private static bool Fails(int number) => number % 4 == 3;

    private static string Expected(int number) => Fails(number)
        ? "rolled_back step_failed:flaky [left compensated, right compensated, items compensated, asks compensated, gate compensated, rest compensated, child compensated, flaky failed 3]"
        : $$"""completed {"items":[{"message":"a"},{"message":"b"},{"message":"c"}],"gate":{{number}},"asks":{{number}},"attempt":3}""";

    private static string EndOf(JsonElement run) => run.GetProperty("status").GetString() is "completed"
        ? $"completed {run.GetProperty("output").GetRawText()}"
        : $"{run.GetProperty("status").GetString()} {run.GetProperty("reason").GetString()} [{string.Join(", ", run.GetProperty("nodes").EnumerateArray().Select(Row).OfType<string>())}]";

    private static string? Row(JsonElement node)
    {
        var name = node.GetProperty("name").GetString()!;
        var status = node.GetProperty("status").GetString();
        return name.Contains('/', StringComparison.Ordinal) || name.Contains('[', StringComparison.Ordinal) ? null
            : status == "failed" ? $"{name} {status} {node.GetProperty("attempts").GetInt32()}" : $"{name} {status}";
    }
}
