using System.Globalization;

namespace Saga.StateMachines.Pictures;

/// <summary>How many times a node stands in each status: once in all, unless it is in the body of a map or loop.</summary>
internal sealed class Tally
{
    // What somebody who looks at a picture should see first.
    private static readonly string[] _foremost =
    [
        "compensation_failed", "failed", "unknown", "retrying", "compensating", "running", "waiting", "compensated", "pending", "completed", "skipped",
    ];

    private readonly SortedDictionary<int, int> _counts = [];
    private int _all;

    public bool IsEmpty => _all == 0;

    public string Foremost => _all == 0 ? "pending" : _foremost[_counts.Keys.First()];

    public void Add(string status)
    {
        var rank = Math.Max(0, Array.IndexOf(_foremost, status));
        _counts[rank] = _counts.GetValueOrDefault(rank) + 1;
        _all++;
    }

    public override string ToString() => _all switch
    {
        0 => "",
        1 => Foremost,
        _ when _counts.Count == 1 => string.Create(CultureInfo.InvariantCulture, $"all {_all} {Foremost}"),
        _ => string.Join(", ", _counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} of {_all} {_foremost[count.Key]}"))),
    };
}
