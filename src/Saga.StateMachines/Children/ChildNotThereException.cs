namespace Saga.StateMachines.Children;

/// <summary>A child is to be cancelled whose start is still on its way, or was refused: two messages may overtake each other.</summary>
internal sealed class ChildNotThereException : Exception
{
    /// <summary>How often to look again: the start is handled about now, or not at all.</summary>
    public const int Looks = 20;

    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public ChildNotThereException()
        : base("A child run is to be cancelled that is not there yet. Its start is handled about now; the cancel is tried again.")
    {
    }

    public ChildNotThereException(string message)
        : base(message)
    {
    }

    public ChildNotThereException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
