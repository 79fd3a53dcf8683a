using System.Text.Json;
using Saga.Contracts;

namespace Saga.Consumers.Tests.Support;

/// <summary>Commands as the orchestrator sends them.</summary>
internal static class Commands
{
    public static ExecuteStep Execute(
        string step, string input = "{}", string context = "{}", int nodeIndex = 2, int attempt = 3, StepResumption? resumption = null) => new()
    {
        RunId = Guid.Parse("6f1c9f0e-6a43-4c55-8f07-0b4a3f1f2a11"),
        Node = "node-2",
        NodeIndex = nodeIndex,
        Step = step,
        Attempt = attempt,
        DispatchId = 17,
        IdempotencyKey = "run/node-2/execute",
        Input = JsonElement.Parse(input),
        Context = JsonElement.Parse(context),
        Resumption = resumption,
    };

    public static DeliveredSignal Signal(string name, string? payload = null, int second = 0) => new()
    {
        Name = name,
        Payload = payload is null ? null : JsonElement.Parse(payload),
        ReceivedAt = new DateTimeOffset(2026, 2, 3, 4, 5, second, TimeSpan.Zero),
    };

    public static CompensateStep Compensate(string step, string input = "{}", string? output = null) => new()
    {
        RunId = Guid.Parse("6f1c9f0e-6a43-4c55-8f07-0b4a3f1f2a11"),
        Node = "node-2",
        NodeIndex = 2,
        Step = step,
        Attempt = 4,
        DispatchId = 18,
        IdempotencyKey = "run/node-2/compensate",
        Reason = "step_failed:create-vpc",
        Input = JsonElement.Parse(input),
        Output = output is null ? null : JsonElement.Parse(output),
        Context = JsonElement.Parse("""{"vpc_id":"vpc-1"}"""),
    };
}
