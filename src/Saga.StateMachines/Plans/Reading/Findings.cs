using System.Collections.Immutable;
using Saga.Contracts;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>What is wrong with a document, and what is only worth a look.</summary>
internal sealed class Findings
{
    /// <summary>The most errors that are listed, and the most warnings. Nobody reads more, and a hostile document could have a million.</summary>
    public const int Max = 1_000;

    /// <summary>The code of what stands at the end of a list that is not complete.</summary>
    public const string TooMany = "too_many_problems";

    // A pointer is as long as the names in it, which the author chooses.
    private const int MaxCharacters = 1024 * 1024;

    private readonly ImmutableArray<ProvisioningError>.Builder _errors = ImmutableArray.CreateBuilder<ProvisioningError>();
    private readonly ImmutableArray<ProvisioningError>.Builder _warnings = ImmutableArray.CreateBuilder<ProvisioningError>();
    private readonly HashSet<ProvisioningError> _said = [];

    // Each comparison costs about the product of the lengths; a document of bad names must not make a quadratic number of them.
    private int _comparisons = 100_000;
    private int _characters = MaxCharacters;

    public bool HasErrors => _errors.Count > 0;

    public ImmutableArray<ProvisioningError> Errors => _errors.ToImmutable();

    public ImmutableArray<ProvisioningError> Warnings => _warnings.ToImmutable();

    /// <summary>The code of errors that are none here; null for none. What an earlier release took in goes on as it did.</summary>
    public string? Tolerated { get; init; }

    /// <summary>True when nothing more is listed, so that what is costly to say need not be said.</summary>
    public bool IsFull => _errors.Count > 0 && _errors[^1].Code == TooMany;

    public void Error(Place place, string code, string message, int? line = null) => Add(_errors, "errors", place, code, message, line);

    public void Warning(Place place, string code, string message) => Add(_warnings, "warnings", place, code, message, null);

    /// <summary>A question for the name that was meant, with a space before it; or the other remedy when none is near.</summary>
    public string DidYouMean(string name, IReadOnlyCollection<string> known, string otherwise)
    {
        _comparisons -= known.Count;
        var nearest = _comparisons < 0 ? [] : NearestStepNames.To(name, known);
        return nearest.IsEmpty ? otherwise : $"Did you mean {string.Join(" or ", nearest.Select(near => $"`{near}`"))}?";
    }

    private void Add(ImmutableArray<ProvisioningError>.Builder list, string what, Place place, string code, string message, int? line)
    {
        if (code == Tolerated || (list.Count > 0 && list[^1].Code == TooMany))
            return;

        if (list.Count == Max || _characters < 0)
        {
            list.Add(new() { Pointer = "", Code = TooMany, Message = $"There are more than these {list.Count:N0} {what}. At most {Max:N0} are listed, and fewer when they are very long. Correct these and try again." });
            return;
        }

        var pointer = place.InDocument.Pointer;
        var text = place.Definition is { } definition ? $"In {definition}, at `{place.Pointer}`: {message}" : message;
        var problem = new ProvisioningError { Pointer = pointer, Code = code, Message = text, Line = line };
        if (!_said.Add(problem))
            return;
        _characters -= pointer.Length + text.Length;
        list.Add(problem);
    }
}
