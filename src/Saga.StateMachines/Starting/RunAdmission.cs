using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Saga.Contracts;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Steps;

namespace Saga.StateMachines.Starting;

/// <summary>
/// Decides whether a start may become a run, and makes the run. The state machine asks it for starts that come by message, the HTTP API for
/// those that come by request, so both answer the same.
/// </summary>
public sealed class RunAdmission(StepRegistry steps, PlanStore plans, TimeProvider clock, IOptions<RunOptions> options)
{
    /// <summary>Checks everything, so that a refusal lists every problem.</summary>
    public async Task<PlanResult> CheckAsync(StartProvisioning start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        var planned = StepList.ToPlan(start.Steps);
        var errors = planned.Errors.ToBuilder();
        if (start.RunId == Guid.Empty)
            errors.Add(Error("/runId", "run_id_empty", "`runId` is all zeros. A run needs an id of its own. Send a new GUID."));

        var bytes = Encoding.UTF8.GetByteCount(InputOf(start));
        if (bytes > options.Value.MaxInputBytes)
        {
            errors.Add(Error("/input", "input_too_large", $"`input` has {bytes:N0} bytes. At most {options.Value.MaxInputBytes:N0} are allowed. "
                + "Pass large things by reference, or raise Saga:MaxInputBytes."));
        }

        if (planned.IsAccepted)
            errors.AddRange(await UnknownStepsAsync(planned.Plan, cancellationToken));
        return errors.Count == 0 ? planned : new PlanResult(null, errors.ToImmutable());
    }

    /// <summary>Fills a new run's row; the caller saves it. The plan is stored at once, see <see cref="PlanStore.AddAsync"/>.</summary>
    public async Task AcceptAsync(Run run, StartProvisioning start, Plan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(plan);
        await plans.AddAsync(plan, cancellationToken);

        run.CorrelationId = start.RunId;
        run.PlanHash = plan.Hash;
        run.Input = InputOf(start);
        run.Context = RunContext.Empty;
        run.CreatedAt = clock.GetUtcNow();
        run.Take(RunState.Accept(plan));
    }

    private static string InputOf(StartProvisioning start) =>
        start.Input is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } input ? input.GetRawText() : "{}";

    private async Task<IEnumerable<ProvisioningError>> UnknownStepsAsync(Plan plan, CancellationToken cancellationToken)
    {
        var unknown = await steps.FindUnknownAsync([.. plan.Root.Nodes.OfType<StepNode>().Select(node => node.Step).Distinct(StringComparer.Ordinal)], cancellationToken);
        if (unknown.Count == 0)
            return [];

        var known = await steps.AllNamesAsync(cancellationToken);
        return plan.Root.Nodes.OfType<StepNode>().Where(node => unknown.Contains(node.Step)).Select(node => Error($"/steps/{node.Index}", "unknown_step", Unknown(node.Step, known)));
    }

    private static string Unknown(string step, IReadOnlyCollection<string> known)
    {
        var nearest = NearestStepNames.To(step, known);
        var remedy = nearest.Any() ? $"Did you mean {string.Join(" or ", nearest.Select(name => $"`{name}`"))}?"
            : known.Count == 0 ? "No step was announced yet: start a worker with the role `steps`."
            : "Start a worker that hosts it, or choose one of those `saga steps` lists.";
        return $"No worker has ever announced a step `{step}`. A plan may only name announced steps. {remedy}";
    }

    private static ProvisioningError Error(string pointer, string code, string message) => new() { Pointer = pointer, Code = code, Message = message };
}
