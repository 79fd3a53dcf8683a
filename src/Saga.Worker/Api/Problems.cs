using Microsoft.AspNetCore.Http.HttpResults;
using Saga.Contracts;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.Worker.Api;

/// <summary>Every way the API says no, as problem details (RFC 9457).</summary>
internal static class Problems
{
    public static ProblemHttpResult Refused(IReadOnlyList<ProvisioningError> errors) => Problem(
        errors.All(error => error.Code == "input_too_large") ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest,
        "The run was refused",
        errors.Count == 1 ? errors[0].Message : $"{errors.Count} problems; see errors.",
        errors);

    public static ProblemHttpResult BadBody(string pointer, string detail, string code = "invalid_json") => Problem(
        StatusCodes.Status400BadRequest, "The body cannot be read", detail,
        [new ProvisioningError { Pointer = pointer, Code = code, Message = detail }]);

    public static ProblemHttpResult TooLarge(BodyLimit limit) => Problem(
        StatusCodes.Status413PayloadTooLarge, "The body is too large",
        $"The body has more than {limit.Bytes:N0} bytes. {limit.Reason()}");

    public static ProblemHttpResult BadParameter(string name, string detail) => Problem(
        StatusCodes.Status400BadRequest, "A parameter is wrong", detail,
        [new ProvisioningError { Pointer = $"?{name}", Code = "invalid_parameter", Message = detail }]);

    public static ProblemHttpResult BadPath(string segment)
    {
        var detail = $"The part `{segment}` of the path is not percent-encoded UTF-8. In a path, each byte of a name that is no letter, no digit and none of `-`, `.`, `_` and `~` "
            + "is `%` and two hexadecimal digits: `50%` is sent as `50%25`. Encode the name.";
        return Problem(StatusCodes.Status400BadRequest, "The path cannot be read", detail, [new ProvisioningError { Pointer = "", Code = "invalid_path", Message = detail }]);
    }

    public static ProblemHttpResult UnknownRun(string id) => Problem(
        StatusCodes.Status404NotFound, "There is no such run",
        $"No run has the id `{id}` or one that begins with it. Look for it in `GET /api/runs` or `saga list`.");

    public static ProblemHttpResult UnknownKey(string key) => Problem(
        StatusCodes.Status404NotFound, "There is no such run",
        $"No run has the correlation key `{key}`. Look for the run in `GET /api/runs` or `saga list`.");

    public static ProblemHttpResult SignalRefused(int status, ProvisioningError error) => Problem(status, "The signal was refused", error.Message, [error]);

    public static ProblemHttpResult PlanRefused(IReadOnlyList<ProvisioningError> errors) => Problem(
        StatusCodes.Status400BadRequest, "The plan was refused", errors.Count == 1 ? errors[0].Message : $"{errors.Count} problems; see errors.", errors);

    public static ProblemHttpResult UnknownDefinition(string kind, int version) => Problem(
        StatusCodes.Status404NotFound, "There is no such definition",
        $"No version {version} of `{kind}` is registered. `GET /api/definitions` and `saga definitions` list what there is.");

    public static ProblemHttpResult VersionTaken(string kind, int version) => Problem(
        StatusCodes.Status409Conflict, "The version is taken",
        $"Version {version} of `{kind}` is registered with another plan. A version never changes, because runs follow it. Register the plan as a new version.");

    public static ProblemHttpResult Ambiguous(string id, IReadOnlyList<Guid> runs) => Problem(
        StatusCodes.Status409Conflict, "The id is ambiguous",
        $"More than one run has an id that begins with `{id}`, such as {runs[0]} and {runs[1]}. Give more of it.");

    public static ProblemHttpResult CannotStop(string detail) => Problem(StatusCodes.Status409Conflict, "The run is not in a state for that", detail);

    public static ProblemHttpResult CannotStop(ProvisioningError why) =>
        Problem(StatusCodes.Status409Conflict, "The run is not in a state for that", why.Message, [why]);

    public static ProblemHttpResult Occupied(Guid occupant, IReadOnlyList<ProvisioningError> errors) => TypedResults.Problem(
        errors[^1].Message, statusCode: StatusCodes.Status409Conflict, title: "The key is taken",
        extensions: [new("errors", errors), new("occupant", occupant)]);

    public static ProblemHttpResult DatabaseInTrouble(DatabaseTrouble trouble) => Problem(
        StatusCodes.Status503ServiceUnavailable, "The database does not do its work",
        $"{trouble} Then send the request again. A start keeps its `runId`, if you gave it one, so repeating it is harmless.");

    private static ProblemHttpResult Problem(int status, string title, string detail, IReadOnlyList<ProvisioningError>? errors = null) =>
        TypedResults.Problem(
            detail, statusCode: status, title: title,
            extensions: errors is null ? null : [new KeyValuePair<string, object?>("errors", errors)]);
}
