using System.Text.Json;
using Saga.StateMachines.Persistence;
using Saga.Worker.Tests.Api.Support;
using Saga.Worker.Tests.Json;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

/// <summary>The JSON that programs read, with every name in it, of a run that waits for everything a run can wait for.</summary>
[Collection(nameof(OneWorker))]
public sealed class What_a_run_looks_like(SharedWorker shared)
{
    private const string Id = "0199c0de-5a6a-7000-8000-0000000000ab";

    private const string Plan = """
        {"name":"everything","nodes":[
          {"name":"a","step":"echo"},{"name":"b","step":"echo"},{"name":"s","sleep":"PT1H"},{"name":"g","signal":{"names":["approved","rejected"],"mode":"all"}},
          {"name":"c","child":{"plan":{"nodes":[{"name":"x","step":"echo"}]}}},{"name":"d","step":"echo"},{"name":"e","step":"echo"},
          {"name":"f","child":{"plan":{"nodes":[{"name":"x","step":"echo"}]}}},{"name":"k","step":"echo"},{"name":"l","step":"echo","dependsOn":["k"]},
          {"name":"m","step":"fail"}]}
        """;

    private const string Shown = """
        {"id":"0199c0de-5a6a-7000-8000-0000000000ab","kind":"network","version":3,"correlationKey":"look","status":"compensating","reason":"step_failed:fail",
         "error":{"reason":"step_failed:fail","compensate_from_idx":9},"input":{"Size":1},"context":{"k_v":2},"output":null,"outputs":{"k":{"Id":1}},
         "parent":{"runId":"0199c0de-5a6a-7000-8000-0000000000ac","node":"p"},"cancelRequested":true,"stopRequestedBy":"kim","stopNote":"typo","paused":false,
         "createdAt":"2026-11-22T02:11:45+00:00","startedAt":"2026-11-22T02:11:46+00:00","completedAt":null,
         "waitingOn":[
          {"node":"a","step":"echo","for":"execute","attempt":1,"since":"2026-11-22T02:12:00+00:00","until":null,"signals":null,"all":false,"childRunId":null},
          {"node":"b","step":"echo","for":"retry","attempt":2,"since":"2026-11-22T02:12:00+00:00","until":"2126-11-22T02:11:45+00:00"},
          {"node":"s","step":null,"for":"moment","attempt":1,"since":"2026-11-22T02:12:00+00:00","until":"2126-11-22T02:11:45+00:00"},
          {"node":"g","step":null,"for":"signal","attempt":1,"since":"2026-11-22T02:12:00+00:00","until":null,"signals":["approved","rejected"],"all":true},
          {"node":"c","step":null,"for":"child","attempt":1,"since":"2026-11-22T02:12:00+00:00","childRunId":"0199c0de-5a6a-7000-8000-0000000000ad"},
          {"node":"d","step":"echo","for":"compensate","attempt":1,"since":"2026-11-22T02:13:00+00:00"},
          {"node":"e","step":"echo","for":"retry","attempt":2,"since":"2026-11-22T02:13:00+00:00","until":"2126-11-22T02:11:45+00:00"},
          {"node":"f","step":null,"for":"child","attempt":1,"since":"2026-11-22T02:13:00+00:00"}]}
        """;

    private const string LedgerRows = """
        [{"index":8,"name":"k","step":"echo","kind":"step","status":"completed","attempts":1,"input":{"Size":1},"output":{"Id":1},"error":null,
          "compensation":null,"childRunId":null,"startedAt":"2026-11-22T02:12:00+00:00","completedAt":"2026-11-22T02:12:30+00:00"},
         {"index":9,"name":"l","step":"echo","kind":"step","status":"compensated","attempts":2,"input":{"own":true},"output":{"Id":2},"error":null,
          "compensation":{"how":"done","attempts":3,"error":null,"startedAt":"2026-11-22T02:13:00+00:00","completedAt":"2026-11-22T02:13:30+00:00"}},
         {"index":10,"name":"m","step":"fail","kind":"step","status":"failed","attempts":1,"error":{"code":"no_room","message":"full"},"compensation":null}]
        """;

    private static readonly DateTimeOffset Accepted = new(2026, 11, 22, 2, 11, 45, TimeSpan.Zero);
    private static readonly DateTimeOffset Started = new(2026, 11, 22, 2, 12, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Back = new(2026, 11, 22, 2, 13, 0, TimeSpan.Zero);
    private static readonly TimeSpan HalfAMinute = TimeSpan.FromSeconds(30);

    // Nobody looks at it while the test runs.
    private static readonly DateTimeOffset Later = Accepted.AddYears(100);

    private readonly EmbeddedWorker _worker = shared.Worker;

    [Fact]
    public async Task It_says_where_it_stands_what_it_waits_for_and_what_happened()
    {
        await _worker.StoreAsync(Plan, Fill, Ledger());

        var run = await _worker.GetAsync($"/api/runs/{Id}");

        JsonParts.Missing(JsonElement.Parse(Shown), run).ShouldBeEmpty();

        // What is compensated has no output any more.
        run.GetProperty("outputs").EnumerateObject().Select(output => output.Name).ShouldBe(["k"]);
        var ended = JsonSerializer.SerializeToElement(run.GetProperty("nodes").EnumerateArray().Where(node => node.GetProperty("index").GetInt32() >= 8));
        JsonParts.Missing(JsonElement.Parse(LedgerRows), ended).ShouldBeEmpty();
        JsonParts.Missing(JsonElement.Parse("""{"index":9,"name":"l","kind":"step","step":"echo","dependsOn":["k"]}"""), run.GetProperty("plan")[9]).ShouldBeEmpty();
        JsonParts.Missing(JsonElement.Parse("""{"index":3,"name":"g","kind":"signal","step":null,"dependsOn":[]}"""), run.GetProperty("plan")[3]).ShouldBeEmpty();
    }

    [Fact]
    public async Task In_a_list_it_says_what_it_is_about()
    {
        await _worker.StoreAsync("""{"name":"short","nodes":[{"name":"a","step":"echo"}]}""", run =>
        {
            run.CorrelationId = Guid.Parse("0199c0de-5a6a-7000-8000-0000000000ae");
            (run.Kind, run.DefinitionVersion, run.CorrelationKey) = ("network", 2, "listed");
            (run.CreatedAt, run.StartedAt, run.CompletedAt) = (Later, Started, Back);
        });

        var run = (await _worker.GetAsync("/api/runs?limit=1")).GetProperty("runs")[0];

        JsonParts.Missing(
            JsonElement.Parse("""
                {"id":"0199c0de-5a6a-7000-8000-0000000000ae","status":"completed","reason":null,"cancelRequested":false,"kind":"network","version":2,
                 "correlationKey":"listed","planName":"short","steps":["echo"],"nodeCount":1,"createdAt":"2126-11-22T02:11:45+00:00",
                 "startedAt":"2026-11-22T02:12:00+00:00","completedAt":"2026-11-22T02:13:00+00:00"}
                """),
            run).ShouldBeEmpty();
    }

    private static void Fill(Run run)
    {
        run.CorrelationId = Guid.Parse(Id);
        run.CurrentState = "Compensating";
        (run.Kind, run.DefinitionVersion, run.CorrelationKey) = ("network", 3, "look");
        (run.ParentRunId, run.ParentNode, run.ParentNodeIndex) = (Guid.Parse("0199c0de-5a6a-7000-8000-0000000000ac"), "p", 2);
        (run.Input, run.Context, run.Error) = ("""{"Size":1}""", """{"k_v":2}""", """{"reason":"step_failed:fail","compensate_from_idx":9}""");
        run.Nodes = "r1t1i2r1w1y1w1c1b1f1";
        run.Dispatches = "x0:1:1 r1:2:2 w2:1:3 w3:1:4 h4:1:5 c5:1:6 q6:2:7 b7:1:8";
        (run.CancelRequested, run.StopRequestedBy, run.StopNote) = (true, "kim", "typo");
        (run.CreatedAt, run.StartedAt) = (Accepted, Accepted.AddSeconds(1));
    }

    private static LedgerRow[] Ledger() =>
    [
        Row(0, "a", "running"),
        Row(1, "b", "retrying", row => (row.WakeAt, row.WakeId) = (Later, 2)),
        Row(2, "s", "waiting", row => (row.Kind, row.Step, row.WakeAt, row.WakeId) = ("sleep", null, Later, 3)),
        Row(3, "g", "waiting", row => (row.Kind, row.Step, row.WaitingFor) = ("signal", null, """[{"node":3,"all":true,"names":["approved","rejected"]}]""")),
        Row(4, "c", "running", row => (row.Kind, row.Step, row.ChildRunId) = ("child", null, Guid.Parse("0199c0de-5a6a-7000-8000-0000000000ad"))),
        Row(5, "d", "compensating", row => (row.CompensationAttempts, row.CompensationStartedAt) = (1, Back)),
        Row(6, "e", "compensating", row => (row.CompensationAttempts, row.CompensationStartedAt, row.WakeAt, row.WakeId) = (1, Back, Later, 7)),
        Row(7, "f", "compensating", row => (row.Kind, row.Step, row.CompensationAttempts, row.CompensationStartedAt) = ("child", null, 1, Back)),
        Row(8, "k", "completed", row => (row.Output, row.CompletedAt) = ("""{"Id":1}""", Started + HalfAMinute)),
        Row(9, "l", "compensated", row =>
        {
            (row.Attempts, row.Input, row.Output, row.CompletedAt) = (2, """{"own":true}""", """{"Id":2}""", Started + HalfAMinute);
            (row.Compensation, row.CompensationAttempts, row.CompensationStartedAt, row.CompensationCompletedAt) = ("done", 3, Back, Back + HalfAMinute);
        }),
        Row(10, "m", "failed", row => (row.Step, row.ErrorCode, row.ErrorMessage) = ("fail", "no_room", "full")),
    ];

    private static LedgerRow Row(int index, string name, string status, Action<LedgerRow>? more = null)
    {
        var row = new LedgerRow { NodeIndex = index, Name = name, Kind = "step", Step = "echo", Status = status, Attempts = 1, StartedAt = Started };
        more?.Invoke(row);
        return row;
    }
}
