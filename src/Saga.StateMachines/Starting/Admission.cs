using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Saga.Contracts;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Starting;

/// <summary>Whether a start may become a run.</summary>
/// <param name="Plan">What the run follows; null when it was refused.</param>
/// <param name="Errors">Every reason for the refusal; empty when it was accepted.</param>
public sealed record Admission(Plan? Plan, ImmutableArray<ProvisioningError> Errors)
{
    /// <summary>The version of the definition it follows; null when it follows none.</summary>
    public int? DefinitionVersion { get; init; }

    /// <summary>The run that has the business key, when that is a reason for the refusal.</summary>
    public Guid? Occupant { get; init; }

    /// <summary>True for the start of a child whose parent stops by now: the cancel may have been faster than the start.</summary>
    public bool ParentStops { get; init; }

    /// <summary>True when it may become a run.</summary>
    [MemberNotNullWhen(true, nameof(Plan))]
    public bool IsAccepted => Plan is not null;
}
