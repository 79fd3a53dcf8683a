using System.Collections.Immutable;

namespace Saga.StateMachines.Plans;

/// <summary>Finds what somebody who wrote an unknown step name may have meant.</summary>
public static class NearestStepNames
{
    /// <summary>
    /// The known names nearest to <paramref name="name"/>, best first, and only plausible ones: at most a third of the characters differ.
    /// </summary>
    public static ImmutableArray<string> To(string name, IEnumerable<string> known, int max = 3) =>
    [
        .. known
            .Distinct(StringComparer.Ordinal)
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate, Tolerance(name, candidate))))
            .Where(candidate => candidate.Distance <= Tolerance(name, candidate.Name))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(max)
            .Select(candidate => candidate.Name),
    ];

    private static int Tolerance(string name, string candidate) =>
        Math.Max(1, Math.Min(Math.Min(name.Length, candidate.Length), StepNames.MaxLength) / 3);

    /// <summary>
    /// The optimal string alignment distance, in which exchanging two neighbours is one edit
    /// (L. Boytsov, "Indexing methods for approximate dictionary searching", 2011, section 2.1).
    /// </summary>
    private static int Distance(string a, string b, int tolerance)
    {
        // A name from outside may be a megabyte long; a difference in length is a lower bound of the distance.
        if (Math.Abs(a.Length - b.Length) > tolerance)
        {
            return int.MaxValue;
        }

        var beforeLast = new int[b.Length + 1];
        var last = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replace, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last) = (last, row);
        }

        return last[b.Length];
    }
}
