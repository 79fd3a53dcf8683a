using System.Collections.Immutable;
using System.Text.Json;
using Saga.Cli.Api;
using Saga.Contracts;
using Saga.StateMachines.Plans;

namespace Saga.Cli;

/// <summary>A plan document as given on the command line, in YAML or JSON.</summary>
/// <param name="Name">The file, for messages.</param>
/// <param name="Text">What it says.</param>
internal sealed record PlanFile(string Name, string Text)
{
    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    public static async Task<PlanFile> ReadAsync(string path, Stream standardInput, CancellationToken cancellation) => path == "-"
        ? new("standard input", CommandText.TextOf(await CommandText.ReadStreamAsync(standardInput, cancellation), "Standard input"))
        : new(path, CommandText.TextOf(await CommandText.ReadFileAsync(path, "plan", cancellation), $"`{path}`"));

    /// <summary>True when it is JSON by its name.</summary>
    public bool IsJson => Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The document as JSON, whatever it describes.</summary>
    public JsonElement ToJson() => PlanReader.ToJson(Text, out ImmutableArray<ProvisioningError> errors, IsJson) ?? throw Refused(errors.Select(Of));

    /// <summary>The plan, or why there is none.</summary>
    public PlanResult Read() => PlanReader.ReadText(Text, new() { IsJson = IsJson });

    /// <summary>Says what is wrong with the document, line by line.</summary>
    public CommandFailedException Refused(IEnumerable<ProblemError> errors) =>
        new(new Problem { Title = "The plan was refused.", Errors = [.. errors], File = Name });

    public static ProblemError Of(ProvisioningError error) => new(error.Pointer, error.Code, error.Message) { Line = error.Line };
}
