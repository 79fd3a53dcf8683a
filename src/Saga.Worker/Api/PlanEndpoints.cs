using Saga.Contracts;
using Saga.StateMachines.Starting;

namespace Saga.Worker.Api;

/// <summary>Checking plan documents.</summary>
internal static class PlanEndpoints
{
    public static void MapPlans(this IEndpointRouteBuilder api) =>
        api.MapPost("/plans/validate", ValidateAsync).WithName("ValidatePlan").WithSummary("Check a plan document, JSON or YAML, without starting anything")
            .Accepts<object>("application/json", "application/yaml")
            .Produces<PlanCheckView>();

    private static async Task<IResult> ValidateAsync(HttpContext http, PlanAdmission planning, CancellationToken cancellationToken)
    {
        var (text, problem) = await PlanBody.ReadAsync(http);
        if (text is null)
            return problem!;
        var planned = await planning.CheckTextAsync(text, PlanBody.IsJson(http), own: null, cancellationToken);
        return TypedResults.Ok(new PlanCheckView(planned.IsAccepted, planned.Plan?.NodeCount, planned.Plan?.Hash, planned.Errors, planned.Warnings));
    }
}

/// <summary>What a check found.</summary>
/// <param name="IsValid">Whether a run could follow it.</param>
/// <param name="NodeCount">How many nodes it has, with those inside of others.</param>
/// <param name="Hash">The hash it would be stored by.</param>
/// <param name="Errors">Every reason why not.</param>
/// <param name="Warnings">What is not wrong, but worth a look.</param>
public sealed record PlanCheckView(
    bool IsValid, int? NodeCount, string? Hash, IReadOnlyList<ProvisioningError> Errors, IReadOnlyList<ProvisioningError> Warnings);
