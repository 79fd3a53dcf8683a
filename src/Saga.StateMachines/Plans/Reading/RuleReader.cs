using System.Collections.Immutable;
using System.Text.Json;
using Saga.StateMachines.Logic;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Reads JsonLogic: its references and the names it reads get their sources.</summary>
internal sealed class RuleReader(PlanDraft draft, Viewpoint view, ReferenceReader references)
{
    private static readonly JsonElement _null = JsonSerializer.SerializeToElement<object?>(null);

    public DraftPart Read(JsonElement rule, Place place)
    {
        var rewriting = new RuleReferences(draft, references);
        var logic = rewriting.Replace(rule, place);
        var problems = JsonLogic.Check(logic);
        foreach (var problem in problems)
            draft.Findings.Error(At(place, problem.Pointer), problem.Code, problem.Message);
        if (problems.Count > 0)
            return DraftPart.Of(rule);

        var names = new NameResolver(draft, view);
        var variables = ImmutableArray.CreateBuilder<KeyValuePair<string, DraftPart>>();
        var made = rewriting.Variables.Select(variable => variable.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var name in JsonLogic.Variables(logic))
        {
            if (made.Contains(name))
                continue;
            if (names.Resolve(name, name, place, hasDefault: true) is { } source)
                variables.Add(new(name, DraftPart.Of(() => new Template.Reference(source(), [], _null, name))));
        }

        variables.AddRange(rewriting.Variables);
        var all = variables.ToImmutable();
        return DraftPart.Of(() => new Template.Rule(logic, [.. all.Select(variable => KeyValuePair.Create(variable.Key, variable.Value.Make()))]));
    }

    private static Place At(Place place, string pointer)
    {
        foreach (var token in pointer.Split('/').Skip(1))
            place = place[token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        return place;
    }
}
