using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Saga.Contracts;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Starting;

/// <summary>Whether a start may become a run.</summary>
/// <param name="Plan">The plan to follow, or null when the start is refused.</param>
/// <param name="Errors">Every reason for the refusal.</param>
public sealed record Admission(Plan? Plan, ImmutableArray<ProvisioningError> Errors)
{
    /// <summary>True when the start may become a run.</summary>
    [MemberNotNullWhen(true, nameof(Plan))]
    public bool IsAccepted => Plan is not null;
}
