using Saga.EntityFrameworkCore.Outbox;

// The namespace of the well-known package's types, so that moving between the two changes no code.
namespace MassTransit;

/// <summary>
/// Configures the delivery of what a scope has sent. It has no <c>MessageDeliveryLimit</c>, because messages are not fetched to be delivered, and no
/// <c>DisableDeliveryService</c>, because the process that commits a message delivers it.
/// </summary>
public interface IEntityFrameworkBusOutboxConfigurator
{
    /// <summary>How long a delivery may wait for the broker: see <see cref="OutboxOptions.DeliveryTimeout"/>, which it sets for consumers too.</summary>
    TimeSpan MessageDeliveryTimeout { get; set; }
}
