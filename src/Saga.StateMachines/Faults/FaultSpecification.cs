using MassTransit;
using MassTransit.Configuration;

namespace Saga.StateMachines.Faults;

/// <summary>Puts <see cref="FaultFilter"/> around all that an endpoint does with a message.</summary>
internal sealed class FaultSpecification(FaultBook book) : IPipeSpecification<ConsumeContext>
{
    public void Apply(IPipeBuilder<ConsumeContext> builder) => builder.AddFilter(new FaultFilter(book));

    public IEnumerable<ValidationResult> Validate() => [];
}
