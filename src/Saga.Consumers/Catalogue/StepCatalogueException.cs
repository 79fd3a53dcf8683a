namespace Saga.Consumers;

/// <summary>The steps of a worker were registered wrongly, so it does not start.</summary>
/// <param name="problems">Every problem found.</param>
public sealed class StepCatalogueException(IReadOnlyList<string> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>Every problem found: the fact, the rule and the remedy of each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
