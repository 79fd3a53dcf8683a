using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Saga.Contracts;
using Saga.Contracts.Json;
using Saga.StateMachines.Children;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.Starting;

/// <summary>
/// Decides whether a start may become a run, and makes the run. The state machine asks it for starts that come by message, the HTTP API for
/// those that come by request, so both answer the same.
/// </summary>
public sealed class RunAdmission(PlanAdmission planning, RunDbContext dbContext, PlanStore plans, TimeProvider clock, IOptions<RunOptions> options)
{
    private const int MaxKey = 200;

    /// <summary>Checks everything, so that a refusal lists every problem.</summary>
    public async Task<Admission> CheckAsync(StartProvisioning start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        var (plan, planErrors, version) = await planning.CheckAsync(start, cancellationToken);
        var errors = planErrors.ToBuilder();
        if (start.RunId == Guid.Empty)
            errors.Add(Error("/runId", "run_id_empty", "`runId` is all zeros. A run needs an id of its own. Send a new GUID."));

        // Measured as it came: bytes that are no UTF-8 make no text.
        var bytes = start.Input is { ValueKind: not JsonValueKind.Undefined } given ? JsonMarshal.GetRawUtf8Value(given).Length : 0;
        if (bytes > options.Value.MaxInputBytes)
        {
            errors.Add(Error("/input", "input_too_large", $"`input` has {bytes:N0} bytes. At most {options.Value.MaxInputBytes:N0} are allowed. "
                + "Pass large things by reference, or raise Saga:MaxInputBytes."));
        }

        // A value that the run of a parent made may be a little deeper than one that people send.
        if (start.Input is { } input && ValueRule.Check(input, start.Parent is null ? ValueRule.MaxDepthGiven : ValueRule.MaxDepthMade) is { } fault)
            errors.Add(fault.ToError("`input`", "/input"));

        errors.AddRange(KeyProblems(start));
        if (start.Parent is { } parent && await ChildLevels.ProblemAsync(dbContext, parent, cancellationToken) is { } tooDeep)
            errors.Add(tooDeep);
        var occupant = errors.Count == 0 ? await OccupantAsync(start, cancellationToken) : null;
        if (occupant is { } run)
        {
            errors.Add(Error("/correlationKey", "key_occupied", $"Run {run} has the key `{start.CorrelationKey}`. A key belongs to one run at a time. "
                + "Use that run, wait until it ends, or choose another key."));
        }

        return errors.Count == 0
            ? new Admission(plan, []) { DefinitionVersion = version, ParentStops = await ParentStopsAsync(start, cancellationToken) }
            : new Admission(null, errors.ToImmutable()) { Occupant = occupant };
    }

    /// <summary>Fills a new run's row; the caller saves it. The plan is stored at once, see <see cref="PlanStore.AddAsync"/>.</summary>
    public async Task AcceptAsync(Run run, StartProvisioning start, Admission admission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(admission);
        var plan = admission.Plan!;
        await plans.AddAsync(plan, cancellationToken);

        run.CorrelationId = start.RunId;
        run.PlanHash = plan.Hash;
        run.Kind = start.Kind;
        run.DefinitionVersion = admission.DefinitionVersion;
        run.CorrelationKey = start.CorrelationKey;
        run.CorrelationScope = start.CorrelationKey is null ? null : CorrelationScope.Format(start.CorrelationScope);
        run.HeldKey = start.CorrelationKey;
        run.ParentRunId = start.Parent?.RunId;
        run.ParentNodeIndex = start.Parent?.NodeIndex;
        run.ParentNode = start.Parent?.Node;
        run.Input = InputOf(start);
        run.Context = RunContext.Empty;
        run.CreatedAt = clock.GetUtcNow();
        run.Take(RunState.Accept(plan));
    }

    private static string InputOf(StartProvisioning start) =>
        start.Input is { ValueKind: not JsonValueKind.Undefined } input ? input.GetRawText() : "{}";

    private static IEnumerable<ProvisioningError> KeyProblems(StartProvisioning start)
    {
        if (start.CorrelationKey is { Length: 0 or > MaxKey } key)
        {
            yield return Error("/correlationKey", "invalid_correlation_key",
                $"`correlationKey` has {key.Length} characters. A key has 1 to {MaxKey}. Leave it out, or shorten it.");
        }

        if (start.CorrelationKey is { } text && !StorableText.IsStorable(text))
        {
            yield return Error("/correlationKey", "invalid_correlation_key",
                $"`correlationKey` has the character NUL or half of a surrogate pair, which the database cannot store. A key may have any other. Leave it out.");
        }

        if (start is { CorrelationScope: not null, CorrelationKey: null })
        {
            yield return Error("/correlationScope", "scope_without_key",
                "`correlationScope` says in which statuses the run keeps its key, and there is no key. Add `correlationKey`, or leave the scope out.");
        }

        foreach (var (index, status) in (start.CorrelationScope ?? []).Index())
        {
            if (!CorrelationScope.Statuses.Contains(status, StringComparer.Ordinal))
            {
                yield return Error($"/correlationScope/{index}", "unknown_status",
                    $"`{status}` is no status of a run. It must be one of {string.Join(", ", CorrelationScope.Statuses)}. Correct it.");
            }
        }
    }

    /// <summary>The other run that has the key now. Two that start at once both find none; the unique index stops the second, which then looks again.</summary>
    private async Task<Guid?> OccupantAsync(StartProvisioning start, CancellationToken cancellationToken)
    {
        if (start.CorrelationKey is not { } key)
            return null;

        // A repeat of the start of a run that has given its key up is no second run.
        return await dbContext.Runs.AsNoTracking()
            .Where(run => run.HeldKey == key && run.CorrelationId != start.RunId && !dbContext.Runs.Any(same => same.CorrelationId == start.RunId))
            .Select(run => (Guid?)run.CorrelationId)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<bool> ParentStopsAsync(StartProvisioning start, CancellationToken cancellationToken) =>
        start.Parent is { } parent && await dbContext.Runs.AsNoTracking().AnyAsync(
            run => run.CorrelationId == parent.RunId && (run.CancelRequested || run.Error != null || run.CurrentState != nameof(RunStatus.Running)),
            cancellationToken);

    private static ProvisioningError Error(string pointer, string code, string message) => new() { Pointer = pointer, Code = code, Message = message };
}
