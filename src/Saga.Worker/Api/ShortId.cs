namespace Saga.Worker.Api;

/// <summary>As much of a run's id as tells it from all others.</summary>
internal static class ShortId
{
    // The time at which a run got its id, to the millisecond: with less, the runs of the next minutes would soon begin alike.
    private const int Least = 13;

    /// <summary>The beginning of an id that neither of its neighbours has, and so no other.</summary>
    public static string Of(Guid id, Guid? before, Guid? after)
    {
        var text = $"{id}";
        var length = Math.Max(Least, Math.Max(Common(text, before), Common(text, after)) + 1);
        return text[..(text[length - 1] == '-' ? length + 1 : length)];
    }

    private static int Common(string text, Guid? other) => other is { } neighbour ? text.Zip($"{neighbour}").TakeWhile(pair => pair.First == pair.Second).Count() : 0;
}
