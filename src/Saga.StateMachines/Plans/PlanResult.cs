using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Saga.Contracts;

namespace Saga.StateMachines.Plans;

/// <summary>Either a plan, or every reason why there is none.</summary>
/// <param name="Plan">The plan, or null when it was refused.</param>
/// <param name="Errors">Every reason for the refusal; empty when there is a plan.</param>
public sealed record PlanResult(Plan? Plan, ImmutableArray<ProvisioningError> Errors)
{
    /// <summary>What is not wrong, but worth a look: steps that cannot be taken back, nodes that never run.</summary>
    public ImmutableArray<ProvisioningError> Warnings { get; init; } = [];

    /// <summary>True when there is a plan.</summary>
    [MemberNotNullWhen(true, nameof(Plan))]
    public bool IsAccepted => Plan is not null;
}
