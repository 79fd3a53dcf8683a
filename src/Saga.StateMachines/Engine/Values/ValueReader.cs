using System.Globalization;
using System.Text.Json;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine.Values;

/// <summary>Reads the sources of templates: what the run and its nodes received and returned.</summary>
internal sealed class ValueReader(RunDraft run)
{
    public ValueLimits Limits => run.Values.Limits;

    /// <summary>The value of a source, seen from a place.</summary>
    public Evaluated Read(Source source, Place from)
    {
        switch (source.Kind)
        {
            case SourceKind.RunInput:
                return Evaluated.Of(run.Values.Input);
            case SourceKind.Context:
                return Evaluated.Of(run.Values.Context);
            case SourceKind.Run:
                return Evaluated.Of(JsonElement.Parse($$"""{"id":"{{run.Values.RunId}}"}"""));
            case SourceKind.Ordinal:
                return Evaluated.Of(JsonElement.Parse(run.Shape.Outward(from, source.Level).Ordinal.ToString(CultureInfo.InvariantCulture)));
            case SourceKind.Input:
                return InputOf(run.Shape.Outward(from, source.Level).Base + source.Node);
            default:
                return OutputOf(run.Shape.Outward(from, source.Level).Base + source.Node);
        }
    }

    /// <summary>
    /// What the node returned; null when it did not run. Containers store only what a template of theirs says; otherwise their output is found
    /// where it came from, so that nothing is stored twice.
    /// </summary>
    public Evaluated OutputOf(int index)
    {
        if (run.Nodes[index] is NodeStatus.Skipped or NodeStatus.Pending)
        {
            return Evaluated.Nothing;
        }

        var place = run.Shape.PlaceOf(index);
        return place.Node switch
        {
            ConstantNode constant => Evaluated.Of(constant.Value),
            ScopeNode { Output: null, Leaf: < 0 } => Evaluated.Nothing,
            ScopeNode { Output: null } scope => OutputOf(place.Base + scope.Leaf),
            RouteNode route => BranchOf(route, place) is var branch and >= 0 ? OutputOf(branch) : Evaluated.Nothing,
            LoopNode => LastIterationOf(index) is var last and >= 0 ? OutputOf(last) : Evaluated.Nothing,
            MapNode map => ResultsOf(index, map),
            _ => Stored(index),
        };
    }

    private Evaluated InputOf(int index)
    {
        if (run.Values.TryGetInput(index, out var input))
        {
            return Evaluated.Of(input);
        }

        run.Need(index);
        return Evaluated.NotYet;
    }

    private Evaluated Stored(int index)
    {
        if (run.Values.TryGetOutput(index, out var output))
        {
            return Evaluated.Of(output);
        }

        run.Need(index);
        return Evaluated.NotYet;
    }

    private int BranchOf(RouteNode route, Place place)
    {
        var branches = route.Cases.Select(item => item.Branch).Append(route.Default).Where(branch => branch >= 0);
        foreach (var branch in branches.Select(branch => place.Base + branch))
        {
            if (run.Nodes[branch] != NodeStatus.Skipped)
            {
                return branch;
            }
        }

        return -1;
    }

    private int LastIterationOf(int loop)
    {
        var last = -1;
        foreach (var iteration in run.SeriesOf(loop))
        {
            if (run.Nodes[iteration] is NodeStatus.Pending)
            {
                break;
            }

            last = iteration;
        }

        return last;
    }

    private Evaluated ResultsOf(int map, MapNode node)
    {
        var results = new List<Evaluated>();
        var bytes = 0L;
        foreach (var item in run.SeriesOf(map))
        {
            var result = node.CollectsFailures ? ResultOf(item) : OutputOf(item);
            bytes += MadeValues.BytesOf(result.Value);
            if (bytes > Limits.MaxValueBytes)
            {
                return MadeValues.TooLarge(Limits);
            }

            results.Add(result);
        }

        // Everything that is missing was asked for, so that one more look finds all of it.
        return results.Find(result => result.Failure is not null)
            ?? results.Find(result => !result.IsValue)
            ?? MadeValues.Judge(JsonMaking.Array(results.ConvertAll(result => result.Value)), Limits);
    }

    private Evaluated ResultOf(int item)
    {
        if (run.Nodes[item] == NodeStatus.Broken)
        {
            // The item's own row holds its failure, in the form of a result.
            return Stored(item);
        }

        var output = OutputOf(item);
        return output.IsValue
            ? Evaluated.Of(JsonMaking.Object([new("status", JsonMaking.String("completed")), new("output", output.Value)]))
            : output;
    }
}
