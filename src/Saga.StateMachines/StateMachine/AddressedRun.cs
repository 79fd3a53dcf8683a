using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.Contracts;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.StateMachine;

/// <summary>The run a command names by its business key: found before the command is correlated.</summary>
/// <param name="RunId">The latest run with that key.</param>
internal sealed record AddressedRun(Guid RunId);

/// <summary>Finds the runs of commands that name them by a business key.</summary>
internal sealed class AddressByKey(IServiceProvider services) : IFilter<ConsumeContext>
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        if (KeyOf(context) is { } key)
        {
            await using var scope = services.CreateAsyncScope();
            if (await FindAsync(scope.ServiceProvider.GetRequiredService<RunDbContext>(), key, context.CancellationToken) is { } runId)
                context.ReceiveContext.AddOrUpdatePayload(() => new AddressedRun(runId), _ => new AddressedRun(runId));
        }

        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("address-by-key");

    /// <summary>The latest run with that key; null when there is none.</summary>
    public static async Task<Guid?> FindAsync(RunDbContext dbContext, string key, CancellationToken cancellationToken)
    {
        // The database refuses to look for what it cannot store, and no run has such a key.
        return StorableText.IsStorable(key)
            ? await dbContext.Runs.AsNoTracking().Where(run => run.CorrelationKey == key).OrderByDescending(run => run.CreatedAt)
                .Select(run => (Guid?)run.CorrelationId).FirstOrDefaultAsync(cancellationToken)
            : null;
    }

    /// <summary>The key the command names its run by; null when it names none, or names the run by its id.</summary>
    public static string? KeyOf(ConsumeContext context)
    {
        if (context.HasMessageType(typeof(SignalProvisioning)) && context.TryGetMessage(out ConsumeContext<SignalProvisioning>? signal))
            return signal.Message.RunId is null ? signal.Message.CorrelationKey : null;
        if (context.HasMessageType(typeof(CancelProvisioning)) && context.TryGetMessage(out ConsumeContext<CancelProvisioning>? cancel))
            return cancel.Message.RunId is null ? cancel.Message.CorrelationKey : null;
        if (context.HasMessageType(typeof(RollBackProvisioning)) && context.TryGetMessage(out ConsumeContext<RollBackProvisioning>? rollBack))
            return rollBack.Message.RunId is null ? rollBack.Message.CorrelationKey : null;
        return null;
    }
}

/// <summary>Reads what <see cref="AddressByKey"/> found.</summary>
internal static class RunAddress
{
    /// <summary>The run the command names, by its id or by its key; all zeros when there is none.</summary>
    public static Guid AddressedRun(this ConsumeContext context, Guid? runId) =>
        runId ?? (context.ReceiveContext.TryGetPayload(out AddressedRun? addressed) ? addressed.RunId : Guid.Empty);
}
