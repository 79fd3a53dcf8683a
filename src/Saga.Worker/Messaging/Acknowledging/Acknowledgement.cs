namespace Saga.Worker.Messaging.Acknowledging;

/// <summary>What is told the broker: that this delivery was handled, or this one and every one before it that is still open.</summary>
internal readonly record struct Acknowledgement(ulong DeliveryTag, bool Multiple);
