using System.Collections.Immutable;
using System.Text;
using Saga.Contracts;

namespace Saga.StateMachines.Plans;

/// <summary>The simplest way to write a plan: step names, to be executed one after the other.</summary>
public static class StepList
{
    /// <summary>The most steps a list may have.</summary>
    public const int MaxSteps = 10_000;

    private const int ShownCharacters = 80;

    /// <summary>Makes the chain of <paramref name="steps"/>, or tells everything that is wrong with them.</summary>
    public static PlanResult ToPlan(IReadOnlyList<string>? steps)
    {
        var errors = Problems(steps).ToImmutableArray();
        return errors.IsEmpty ? Chain(steps!) : new PlanResult(null, errors);
    }

    private static PlanResult Chain(IReadOnlyList<string> steps)
    {
        var nodes = ImmutableArray.CreateBuilder<PlanNode>(steps.Count);
        for (var index = 0; index < steps.Count; index++)
        {
            // The position makes the name unique when a step is listed twice.
            nodes.Add(new StepNode(index, $"{steps[index]}-{index}", steps[index], index == 0 ? [] : [index - 1]));
        }

        var graph = new PlanGraph(0, nodes.MoveToImmutable());
        var json = StepListJson.Of(graph);

        // It is stored and handed on like a plan that was written as a document, so it may be no larger.
        var bytes = Encoding.UTF8.GetByteCount(json);
        return bytes <= PlanReader.MaxBytes
            ? new PlanResult(new Plan([graph], json) { Leaf = steps.Count - 1 }, [])
            : new PlanResult(null, [Problem("/steps", "too_large", $"Written out as a plan, `steps` has {bytes:N0} bytes. At most {PlanReader.MaxBytes:N0} are allowed. "
                + "Shorten the names of the steps, or split the work into several runs.")]);
    }

    private static IEnumerable<ProvisioningError> Problems(IReadOnlyList<string>? steps)
    {
        switch (steps)
        {
            case null:
                return [Problem("/steps", "steps_missing", "`steps` is missing. A run needs at least one step. List the names of the steps to execute.")];
            case { Count: 0 }:
                return [Problem("/steps", "steps_empty", "`steps` is empty. A run needs at least one step. List the names of the steps to execute.")];
            case { Count: > MaxSteps }:
                var tooMany = Problem(
                    "/steps",
                    "too_many_steps",
                    $"`steps` has {steps.Count} names. At most {MaxSteps} are allowed. Split the work into several runs.");
                // Names beyond the limit go anyway, so complaining about each of them would only grow the answer.
                return InvalidNames(steps.Take(MaxSteps)).Prepend(tooMany);
            default:
                return InvalidNames(steps);
        }
    }

    private static IEnumerable<ProvisioningError> InvalidNames(IEnumerable<string?> steps) =>
        steps.Index()
            .Where(step => !StepNames.IsValid(step.Item))
            .Select(step => Problem($"/steps/{step.Index}", "invalid_step_name", $"{Fact(step.Index, step.Item)} {StepNames.Rule} Correct the name."));

    private static string Fact(int index, string? name) => name switch
    {
        null => $"Step {index} is null.",
        _ when string.IsNullOrWhiteSpace(name) => $"The name of step {index} is blank.",
        { Length: > ShownCharacters } => $"The name of step {index}, `{name[..ShownCharacters]}…`, has {name.Length} characters.",
        _ => $"The name of step {index} is `{name}`.",
    };

    private static ProvisioningError Problem(string pointer, string code, string message) =>
        new() { Pointer = pointer, Code = code, Message = message };
}
