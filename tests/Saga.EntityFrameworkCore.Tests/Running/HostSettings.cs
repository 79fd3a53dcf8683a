using MassTransit;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>How an <see cref="OrderHost"/> is started.</summary>
internal sealed record HostSettings
{
    /// <summary>Left out, it sweeps once, at the start.</summary>
    public Action<OutboxOptions> Outbox { get; init; } = options => options.SweepInterval = TimeSpan.FromHours(1);

    /// <summary>Says more of the outbox than options.</summary>
    public Action<IEntityFrameworkOutboxConfigurator> AlsoOutbox { get; init; } = _ => { };

    /// <summary>True has contexts come from a pool.</summary>
    public bool Pooled { get; init; }

    /// <summary>False leaves a batch to be committed by the round trip that writes it, where the database allows.</summary>
    public bool SeesTransactions { get; init; } = true;

    /// <summary>False leaves the outbox off the saga's endpoint.</summary>
    public bool WithOutbox { get; init; } = true;

    /// <summary>What each endpoint has before its outbox, and so outside of its retries.</summary>
    public Action<IReceiveEndpointConfigurator, IRegistrationContext> BeforeOutbox { get; init; } = (_, _) => { };

    public Action<Traffic> BeforeStart { get; init; } = _ => { };

    /// <summary>What a test needs on the bus besides.</summary>
    public Action<IBusRegistrationConfigurator> Register { get; init; } = _ => { };

    /// <summary>The endpoints for it.</summary>
    public Action<IBusRegistrationContext, IInMemoryBusFactoryConfigurator, ReceivedMessages> Endpoints { get; init; } = (_, _, _) => { };

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Sweeps at once and again and again.</summary>
    public static HostSettings Sweeping { get; } = new()
    {
        Outbox = options => options.SweepInterval = TimeSpan.FromMilliseconds(100),
    };

    /// <summary>Leaves what it cannot deliver to others, at once.</summary>
    public static HostSettings WithoutGrace { get; } = new()
    {
        Outbox = options =>
        {
            options.SweepInterval = TimeSpan.FromHours(1);
            options.DeliveryTimeout = TimeSpan.FromMilliseconds(1);
            options.SweepGrace = TimeSpan.FromMilliseconds(2);

            // Its first sweep may come late and take rows meant for others; they must not wait for it longer than a test does.
            options.SweepLease = TimeSpan.FromSeconds(1);
        },
    };

    /// <summary>Sees every delivery fail, as if the broker were away or the process died right after each commit.</summary>
    public static HostSettings DeliveringNothing { get; } = WithoutGrace with
    {
        BeforeStart = traffic => traffic.OnDelivery = message =>
            message is Orders.SubmitOrder or Orders.AddItem or Orders.TakeNote or Orders.CopyNote
                ? Task.CompletedTask
                : throw new InvalidOperationException("The broker is away."),
    };
}
