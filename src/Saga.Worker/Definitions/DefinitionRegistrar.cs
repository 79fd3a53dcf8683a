using System.Text.Json;
using Saga.Contracts;
using Saga.Contracts.Json;
using Saga.StateMachines.Definitions;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Persistence;
using Saga.Worker.Database;
using Saga.Worker.Hosting;

namespace Saga.Worker.Definitions;

/// <summary>
/// Registers the definitions that were written in code and those in the folder <c>Saga__Definitions</c> names, before the process takes its first
/// start. One that cannot work, or that differs from what is registered under its version, keeps the process from starting.
/// </summary>
internal sealed class DefinitionRegistrar(
    IEnumerable<RunDefinition> inCode, WorkerSettings settings, DefinitionStore store, PlanStore plans, TimeProvider clock, ILogger<DefinitionRegistrar> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        DatabasePatience.DoAsync(RegisterAllAsync, settings.DatabaseName, clock, logger, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RegisterAllAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var waiting = inCode.Select(definition => new Source(definition.Kind, definition.Version, $"definition {definition}", definition.Document))
            .Concat(ReadFolder(problems))
            .ToList();
        var all = waiting.ConvertAll(source => (source.Kind, source.Version));

        // One may contain another as a subsaga, so those that could not be read are read again when others were registered.
        for (var before = waiting.Count + 1; waiting.Count > 0 && waiting.Count < before;)
        {
            before = waiting.Count;
            var refused = new List<Source>();
            var errors = new List<string>();
            foreach (var source in waiting)
            {
                var wrong = await RegisterAsync(source, all, cancellationToken);
                if (wrong.Count > 0)
                    refused.Add(source);
                errors.AddRange(wrong);
            }

            waiting = refused;
            if (waiting.Count == before)
                problems.AddRange(errors);
        }

        if (problems.Count > 0)
            throw new SettingsException(problems);
    }

    private async Task<IReadOnlyList<string>> RegisterAsync(Source source, IReadOnlyCollection<(string Kind, int Version)> all, CancellationToken cancellationToken)
    {
        if (DefinitionName.Problem(source.Kind, source.Version) is { } badName)
            return [$"{source.Where}: {badName.Message}"];

        var known = new Dictionary<(string, int?), JsonElement>();
        foreach (var definition in await store.ListAsync(cancellationToken))
        {
            var document = StoredJson.Parse((await plans.GetAsync(definition.PlanHash, cancellationToken)).Json);
            known[(definition.Kind, definition.Version)] = document;
            known[(definition.Kind, null)] = document;
        }

        var reading = new PlanReading
        {
            Definitions = (kind, version) => known.TryGetValue((kind, version), out var found) ? found : null,
            DefinitionProblem = (kind, version) => known.ContainsKey((kind, version)) || all.Any(one => one.Kind == kind && (version is null || version == one.Version))
                ? null
                : UnknownDefinition.Explain(kind, version, [.. known.Keys.Where(one => one.Item2 is not null).Select(one => (one.Item1, one.Item2!.Value)), .. all]),
        };
        var planned = source.Document is { } json ? PlanReader.Read(json, reading) : PlanReader.ReadText(source.Text!, reading with { IsJson = source.Where.EndsWith(".json", StringComparison.OrdinalIgnoreCase) });
        if (!planned.IsAccepted)
            return [.. planned.Errors.Select(error => $"{source.Where}{Place(error)}: {error.Message}")];

        var registered = await store.RegisterAsync(source.Kind, source.Version, planned.Plan, cancellationToken);
        if (registered.PlanHash != planned.Plan.Hash)
        {
            return
            [
                $"{source.Where}: version {source.Version} of `{source.Kind}` is registered with another plan. A version never changes, because runs "
                + "follow it. Give the changed plan a new version.",
            ];
        }

        logger.DefinitionRegistered(source.Kind, source.Version);
        return [];
    }

    private static string Place(ProvisioningError error) => error.Line is { } line ? $", line {line}" : $" at `{error.Pointer}`";

    private IEnumerable<Source> ReadFolder(List<string> problems)
    {
        if (settings.DefinitionFolder is not { } folder)
            yield break;
        if (!Directory.Exists(folder))
        {
            problems.Add($"Saga:Definitions is '{folder}', and there is no such folder. Create it, or leave the setting out.");
            yield break;
        }

        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (!DefinitionFile.TryParse(path, out var file))
                problems.Add($"{path} is no name of a definition. It must be like network.v2.yaml: kind, version, and yaml, yml or json. Rename it.");
            else if (Utf8Text.TryRead(File.ReadAllBytes(path), path, out var text, out var problem))
                yield return new Source(file.Kind, file.Version, path, Text: text);
            else
                problems.Add(problem);
        }
    }

    private sealed record Source(string Kind, int Version, string Where, JsonElement? Document = null, string? Text = null);
}
