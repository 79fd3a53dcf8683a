using System.CommandLine;
using System.Text.Json;
using Saga.Cli.Api;
using Saga.StateMachines.Logic;

namespace Saga.Cli.Commands;

/// <summary>Evaluates a JsonLogic rule here and now, for trying conditions out.</summary>
internal sealed class LogicCommand : Command
{
    private static readonly CommandText _ruleText = new("rule", null);
    private static readonly CommandText _dataText = new("data", null);

    private readonly Surroundings _surroundings;

    private readonly Argument<string> _rule = new("rule") { Description = "The rule: JSON, @file, or - for standard input." };

    private readonly Argument<string> _data = new("data")
    {
        Description = "What its variables read: JSON, @file, or - for standard input.",
        DefaultValueFactory = _ => "{}",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the value together with whether it is truthy, as JSON." };

    public LogicCommand(Surroundings surroundings)
        : base("logic", $$"""Evaluate a JsonLogic rule, without a server: {{surroundings.Saga}} logic '{">":[{"var":"n"},3]}' '{"n":5}'""")
    {
        _surroundings = surroundings;
        Add(_rule);
        Add(_data);
        Add(_json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        bool json = parsed.GetValue(_json) || parsed.GetValue(((SagaCommand)parsed.RootCommandResult.Command).Json);
        try
        {
            JsonElement rule = (await _ruleText.ReadAsync(parsed.GetRequiredValue(_rule), _surroundings.In, cancellation))!.Value;
            JsonElement data = (await _dataText.ReadAsync(parsed.GetRequiredValue(_data), _surroundings.In, cancellation))!.Value;
            await PrintAsync(rule, Evaluate(rule, data), json);
            return ExitCode.Done;
        }
        catch (CommandFailedException failure)
        {
            await _surroundings.Error.WriteLineAsync(json ? failure.Problem.ToJson() : _surroundings.Told(failure.Problem));
            return failure.Code;
        }
    }

    private static LogicResult Evaluate(JsonElement rule, JsonElement data)
    {
        if (ReferenceIn(rule, "") is { } place)
        {
            throw new CommandFailedException(new Problem
            {
                Title = $"The rule has a `$ref` at `{place}`, which reads what a run knows, and there is no run here.",
                Detail = """Put a variable in its place, such as {"var":"vpc.id"}, and what it reads into the data: {"vpc":{"id":1}}.""",
            });
        }

        LogicResult result = JsonLogic.Evaluate(rule, data);
        if (result.Problem is { } problem)
        {
            throw new CommandFailedException(new Problem
            {
                Title = $"The rule was given up: {problem}.",
                Detail = JsonLogic.Explain(problem),
                Errors = [.. JsonLogic.Check(rule).Select(found => new ProblemError(found.Pointer, found.Code, found.Message))],
            });
        }

        return result.NoResult is not { } none ? result : throw new CommandFailedException(new Problem
        {
            Title = $"The rule has no result: it comes to {JsonLogic.ExplainNoResult(none)}.",
            Detail = $"In a template it fails its node with `rule_has_no_result`. As a condition it counts as {(result.IsTruthy ? "true" : "false")}.",
        });
    }

    // A plan may have references in its rules. Nothing else of a rule has that name, because there is no such operator.
    private static string? ReferenceIn(JsonElement rule, string place) => rule.ValueKind switch
    {
        JsonValueKind.Object when rule.EnumerateObject().Any(property => property.NameEquals("$ref")) => $"{place}/$ref",
        JsonValueKind.Object => rule.EnumerateObject().Select(property => ReferenceIn(property.Value, $"{place}/{property.Name}")).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => rule.EnumerateArray().Index().Select(element => ReferenceIn(element.Item, $"{place}/{element.Index}")).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private async Task PrintAsync(JsonElement rule, LogicResult result, bool json)
    {
        if (json)
        {
            await _surroundings.Out.WriteLineAsync(JsonSerializer.Serialize(new { value = result.Value, isTruthy = result.IsTruthy }, Json.Compact));
            return;
        }

        await _surroundings.Out.WriteLineAsync(Json.OnOneLine(result.Value));
        if (result.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            await _surroundings.Error.WriteLineAsync($"note: As a condition this counts as {(result.IsTruthy ? "true" : "false")}.");
        foreach (LogicProblem problem in JsonLogic.Check(rule))
            await _surroundings.Error.WriteLineAsync($"note: A plan would refuse the rule: {problem.Message}");
    }
}
