using System.Text.Json;
using Saga.Cli.Api;
using Saga.StateMachines.Plans;

namespace Saga.Cli.Commands;

/// <summary>Reads a plan with the plans of the definitions it contains, which only a server has.</summary>
internal static class RegisteredPlans
{
    public static async Task<PlanResult> ReadAsync(PlanFile file, ClientSession session, CancellationToken cancellation)
    {
        var known = new Dictionary<(string Kind, int? Version), JsonElement?>();
        while (true)
        {
            var missing = new HashSet<(string Kind, int? Version)>();
            PlanResult read = PlanReader.ReadText(file.Text, new PlanReading
            {
                IsJson = file.IsJson,
                Definitions = (kind, version) =>
                {
                    if (!known.TryGetValue((kind, version), out JsonElement? plan))
                        missing.Add((kind, version));
                    return plan;
                },
            });
            if (missing.Count == 0)
                return read;

            // One that is found may name others, so the plan is read again until nothing new is named.
            foreach ((string kind, int? version) in missing)
                known[(kind, version)] = await FindAsync(kind, version, session, cancellation);
        }
    }

    private static async Task<JsonElement?> FindAsync(string kind, int? version, ClientSession session, CancellationToken cancellation)
    {
        Answer<DefinitionList> all = await session.Api.ListDefinitionsAsync(cancellation);
        Definition? found = all.Value.Definitions.Where(definition => definition.Kind == kind && (version is null || definition.Version == version))
            .MaxBy(definition => definition.Version);
        return found is null ? null : (await session.Api.GetDefinitionAsync(kind, found.Version, cancellation)).Value.Plan;
    }
}
