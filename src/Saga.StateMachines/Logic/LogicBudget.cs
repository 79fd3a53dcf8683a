namespace Saga.StateMachines.Logic;

/// <summary>
/// What an evaluation may still do. It counts what is made as well as what is done, because a short rule can double a text or list at every step.
/// Once it is spent, every evaluation returns at once.
/// </summary>
internal sealed class LogicBudget(int maxOperations)
{
    private const int UnitsOfAnOperation = 256;
    private const int UnitsOfAnElement = UnitsOfAnOperation / 8;

    private long _units = (long)maxOperations * UnitsOfAnOperation;

    /// <summary>Why the evaluation stopped; null while it goes on.</summary>
    public string? Problem { get; private set; }

    public bool IsStopped => Problem is not null;

    public bool SpendOperation() => Spend(UnitsOfAnOperation);

    public bool SpendElements(long count) => Spend(count * UnitsOfAnElement);

    public bool SpendCharacters(long count) => Spend(count);

    /// <summary>Ends the evaluation. The first problem is the one that counts.</summary>
    public void Stop(string problem) => Problem ??= problem;

    private bool Spend(long units)
    {
        _units -= units;
        if (_units < 0)
        {
            Stop(LogicProblemCode.TooManyOperations);
        }

        return !IsStopped;
    }
}
