namespace Saga.StateMachines.Plans;

/// <summary>What a <see cref="Source"/> is.</summary>
public enum SourceKind
{
    /// <summary>The run's input.</summary>
    RunInput,

    /// <summary>What steps put into the run's shared context.</summary>
    Context,

    /// <summary>The run itself: <c>{"id": …}</c>.</summary>
    Run,

    /// <summary>What the node returned; null when it was skipped.</summary>
    Output,

    /// <summary>What the node received: a subsaga's input; of node 0 of a map's body the item, of node 0 of a loop's the output of the iteration before.</summary>
    Input,

    /// <summary>The position of the item or iteration in its map or loop, from 0.</summary>
    Ordinal,
}
