using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Telemetry;

namespace Saga.EntityFrameworkCore.Retries;

/// <summary>
/// Counts the messages that are handled again, and tells of them to whoever looks closely. That others were faster is normal, and trouble of the database is told by
/// <see cref="DatabaseWatch{TDbContext}"/>.
/// </summary>
internal sealed class RetryNews<TDbContext>(AdapterMetrics<TDbContext> metrics, DatabaseWatch<TDbContext> watch, ILogger<RetryNews<TDbContext>> logger) : IRetryObserver
    where TDbContext : DbContext
{
    private const string Trouble = "trouble";
    private const string Overtaken = "overtaken";
    private const string KeyTaken = "key_taken";

    public Task PostFault<T>(RetryContext<T> context)
        where T : class, PipeContext
    {
        var why = watch.Note(context.Exception) ? Trouble : DatabaseFailure.IsOvertaken(context.Exception) ? Overtaken : KeyTaken;
        metrics.HandledAgain(why);
        if (context.Context is ConsumeContext message)
            logger.HandledAgain(message.MessageId, context.RetryAttempt, why, context.Exception.GetBaseException().Message);
        return Task.CompletedTask;
    }

    public Task PostCreate<T>(RetryPolicyContext<T> context)
        where T : class, PipeContext => Task.CompletedTask;

    public Task PreRetry<T>(RetryContext<T> context)
        where T : class, PipeContext => Task.CompletedTask;

    public Task RetryFault<T>(RetryContext<T> context)
        where T : class, PipeContext => Task.CompletedTask;

    public Task RetryComplete<T>(RetryContext<T> context)
        where T : class, PipeContext
    {
        if (DatabaseFailure.IsTrouble(context.Exception))
            watch.Overcome();
        return Task.CompletedTask;
    }
}
