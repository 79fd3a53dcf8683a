using System.Collections;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Finds compensations that read what may not be there when they run.</summary>
internal static class CompensationChecks
{
    public const string Code = "compensation_reads_what_may_not_exist";

    public static void Check(PlanDraft draft)
    {
        foreach (var reads in draft.CompensationReads.GroupBy(read => read.Reader.Body))
        {
            if (reads.Key.Ordered.Length == 0)
                continue;

            BitArray[]? ancestors = null;
            foreach (var read in reads)
            {
                if (!read.Reader.Dependencies.Contains(read.Target) && !(ancestors ??= Ancestors(reads.Key))[read.Reader.Index][read.Target.Index])
                    draft.Findings.Error(read.Place, Code, $"The compensation reads `{read.Target.Name}`, which need not be done when `{read.Reader.Name}` is compensated. A compensation reads only what its node depends on. Add `{read.Target.Name}` to `dependsOn`.");
                else if (!read.HasDefault && read.Target.Kind is RouteDraft { MayRunNothing: true })
                    draft.Findings.Warning(read.Place, Code, $"The compensation reads `{read.Target.Name}`, which is null when none of its cases is chosen. Give the route a `default`, or the reference one.");
            }
        }
    }

    /// <summary>For each node of the body a bit for each node it comes after. Only plans that need it pay for it: 12 MB for 10,000 nodes.</summary>
    private static BitArray[] Ancestors(DraftBody body)
    {
        foreach (var (index, node) in body.Ordered.Index())
            node.Index = index;

        var all = new BitArray[body.Ordered.Length];
        foreach (var node in body.Ordered)
        {
            var bits = all[node.Index] = new BitArray(all.Length);
            foreach (var dependency in node.Dependencies)
            {
                // What another dependency comes after already brings its own ancestors along.
                if (!bits[dependency.Index])
                    bits.Or(all[dependency.Index])[dependency.Index] = true;
            }
        }

        return all;
    }
}
