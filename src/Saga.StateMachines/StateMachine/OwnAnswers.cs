namespace Saga.StateMachines.StateMachine;

/// <summary>Where this process wants the answers to the commands it sends, so that they come back to where the run is in memory.</summary>
public sealed class OwnAnswers
{
    private volatile string? _queue;

    /// <summary>The name of the queue; null while there is none, and answers go to <c>saga-runs</c>.</summary>
    public string? Queue
    {
        get => _queue;
        set => _queue = value;
    }
}
