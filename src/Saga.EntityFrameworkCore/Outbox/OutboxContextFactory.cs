using System.Diagnostics;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Crashes;
using Saga.EntityFrameworkCore.Sagas;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// Handles one message: capture what it sends, commit that with its state change, then deliver. The order is always commit, broker,
/// acknowledge; when the commit fails, the message faults and nothing of it remains.
/// </summary>
internal sealed class OutboxContextFactory<TDbContext>(
    UnitOfWork<TDbContext> work, MessageCapture capture, KeptRows<TDbContext> keptRows, IServiceProvider provider)
    : IOutboxContextFactory<TDbContext>
    where TDbContext : DbContext
{
    public async Task Send<T>(ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next)
        where T : class
    {
        using (work)
        {
            work.Begin();
            try
            {
                var outboxContext = new CapturingConsumeContext<TDbContext, T>(context, options, provider, work, capture);
                outboxContext.GetOrAddPayload(() => work);

                await HandleAsync(outboxContext, next);
                var isKept = keptRows.TryFind(context.MessageId, out var row);
                if (isKept)
                    work.DbContext.Remove(row!);
                await CommitAsync(context, options);
                if (isKept)
                    keptRows.Handled(context.MessageId!.Value);
            }
            catch
            {
                // The next attempt may be given the same scope, by a filter outside of the retries.
                await work.AbandonAsync();
                throw;
            }

            await work.DeliverAsync();
            CrashPoints.Reach(CrashPoint.BeforeAcknowledge);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("outbox").Add("provider", "Saga.EntityFrameworkCore");

    private async Task HandleAsync<T>(CapturingConsumeContext<TDbContext, T> context, IPipe<OutboxConsumeContext<T>> next)
        where T : class
    {
        try
        {
            await next.Send(context);
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            await work.VerifyAsync(exception, context.CancellationToken);
            throw;
        }
    }

    private async Task CommitAsync<T>(ConsumeContext<T> context, OutboxConsumeOptions options)
        where T : class
    {
        var clock = Stopwatch.StartNew();
        try
        {
            await work.CommitAsync(context.CancellationToken);
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            // The handler has succeeded, so nobody else will say it: callers wait for a Fault<T>. A retry holds it back until it gives up.
            await context.NotifyFaulted(context, clock.Elapsed, options.ConsumerType, exception);
            throw;
        }
    }
}
