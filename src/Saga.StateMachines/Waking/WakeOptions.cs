using System.ComponentModel.DataAnnotations;

namespace Saga.StateMachines.Waking;

/// <summary>How nodes are found whose moment has come.</summary>
public sealed class WakeOptions
{
    /// <summary>
    /// How often the database is asked for due nodes at least. Moments that this process set itself are kept to without it; it finds those of
    /// processes that died. Default 5 s; 100 ms to 10 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After what time a node is woken again that was woken and did not move, because the message was lost. Default 30 s; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many nodes are woken by one query. Default 500; 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int Limit { get; set; } = 500;
}
