using System.Collections.Immutable;
using Saga.Contracts;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>What is wrong with a document, and what is only worth a look.</summary>
internal sealed class Findings
{
    /// <summary>The most errors that are listed, and the most warnings. Nobody reads more, and a hostile document could have a million.</summary>
    public const int Max = 1_000;

    private readonly ImmutableArray<ProvisioningError>.Builder _errors = ImmutableArray.CreateBuilder<ProvisioningError>();
    private readonly ImmutableArray<ProvisioningError>.Builder _warnings = ImmutableArray.CreateBuilder<ProvisioningError>();

    // Each comparison costs about the product of the lengths; a document of bad names must not make a quadratic number of them.
    private int _comparisons = 100_000;

    public bool HasErrors => _errors.Count > 0;

    public ImmutableArray<ProvisioningError> Errors => _errors.ToImmutable();

    public ImmutableArray<ProvisioningError> Warnings => _warnings.ToImmutable();

    public void Error(Place place, string code, string message) => Add(_errors, "errors", place, code, message);

    public void Warning(Place place, string code, string message) => Add(_warnings, "warnings", place, code, message);

    /// <summary>A question for the name that was meant, with a space before it; or the other remedy when none is near.</summary>
    public string DidYouMean(string name, IReadOnlyCollection<string> known, string otherwise)
    {
        _comparisons -= known.Count;
        var nearest = _comparisons < 0 ? [] : NearestStepNames.To(name, known);
        return nearest.IsEmpty ? otherwise : $"Did you mean {string.Join(" or ", nearest.Select(near => $"`{near}`"))}?";
    }

    private static void Add(ImmutableArray<ProvisioningError>.Builder list, string what, Place place, string code, string message)
    {
        if (list.Count > Max)
            return;

        list.Add(list.Count == Max
            ? new() { Pointer = "", Code = "too_many_problems", Message = $"There are more than {Max:N0} {what}. Only that many are listed. Correct these and try again." }
            : new()
            {
                Pointer = place.InDocument.Pointer,
                Code = code,
                Message = place.Definition is { } definition ? $"In {definition}, at `{place.Pointer}`: {message}" : message,
            });
    }
}
