namespace Saga.Benchmarks.Databases;

/// <summary>What databases write differently when they make many rows of a few.</summary>
internal interface IHistoryDialect
{
    /// <summary>A table `g` with the column `n`, from the highest number to the lowest, so that the oldest rows are written first.</summary>
    string Numbers(long lowest, long highest);

    /// <summary>A version 7 UUID, as callers make them, of the moment `n` seconds before.</summary>
    string RunId(DateTimeOffset moment);

    /// <summary>A column's moment, `n` seconds earlier.</summary>
    string Earlier(string column);

    /// <summary>What the server would do by itself some time later: not while something is measured.</summary>
    IReadOnlyList<string> Tidy { get; }
}
