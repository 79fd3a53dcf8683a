namespace Saga.StateMachines.Children;

/// <summary>A child is to be cancelled whose start is still on its way, or was refused: two messages may overtake each other.</summary>
public sealed class ChildNotThereException : Exception
{
    /// <summary>How often to look again: the start is handled about now, or not at all.</summary>
    public const int Looks = 20;

    /// <summary>The time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>With the message that says so.</summary>
    public ChildNotThereException()
        : base("A child run is to be cancelled that is not there yet. Its start is handled about now; the cancel is tried again.")
    {
    }

    /// <summary>With a message of its own.</summary>
    public ChildNotThereException(string message)
        : base(message)
    {
    }

    /// <summary>With a message of its own and a cause.</summary>
    public ChildNotThereException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
