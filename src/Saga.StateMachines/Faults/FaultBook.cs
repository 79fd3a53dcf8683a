using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.StateMachine;

namespace Saga.StateMachines.Faults;

/// <summary>
/// Keeps the messages that could not be handled: a row tells of each, and the message itself waits in the outbox for its next try, in the same transaction. So a run whose message
/// fails says so, and goes on by itself when the cause is gone, whatever the message is and whatever becomes of this process.
/// </summary>
internal sealed class FaultBook(
    IServiceScopeFactory scopes,
    DatabaseWrites<RunDbContext> writes,
    KeptMessages<RunDbContext> kept,
    TimeProvider clock,
    IOptions<FaultOptions> options,
    ILogger<FaultBook> logger)
{
    // No broker and no database understands a later one as the time when it comes.
    private static readonly DateTimeOffset _never = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);

    /// <summary>Answers a message that is not what it has to be, so that nobody has to look for it.</summary>
    /// <returns>False when it is something else that is wrong, or nobody can be told.</returns>
    public async Task<bool> AnswerAsync(FaultedMessage message, ConsumeContext context)
    {
        // A row that is kept until its message is handled would stay.
        if (message is not { Problem: { } problem, Text: { } text } || kept.RowOf(message.MessageId) is not null)
            return false;
        try
        {
            var runOfKey = await RunOfKeyAsync(message.Name, text, context.CancellationToken);
            if (!await UnreadableMessage.AnswerAsync(context, message.Name, text, problem, runOfKey))
                return false;
            logger.MessageUnreadable(message.Name, message.MessageId, message.RunId ?? runOfKey, problem.Message);
            return true;
        }
        catch (Exception exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            logger.UnreadableNotAnswered(message.Name, message.MessageId, message.RunId, exception);
            return false;
        }
    }

    /// <summary>Stores that a message could not be handled.</summary>
    /// <returns>True when the message is stored with it, so that its queue need not have it any more.</returns>
    public async Task<bool> RecordAsync(FaultedMessage message, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var fault = await writes.RunAsync(token => WriteAsync(message, token), cancellationToken);
                kept.LetGo(message.MessageId);
                Tell(fault, message.Exception);
                return fault.OutboxId is not null;
            }
            catch (Exception exception) when (DatabaseFailure.IsTrouble(exception) && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(_pause, clock, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                logger.FaultNotStored(message.Name, message.MessageId, message.RunId, exception);
                return false;
            }
        }
    }

    /// <summary>The message has been handled after all. Should the process die before this is stored, the message is handled again, which changes nothing.</summary>
    public async Task ForgetAsync(Guid messageId, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
            var removed = await writes.RunAsync(
                token => dbContext.Faults.Where(fault => fault.MessageId == messageId).ExecuteDeleteAsync(token), cancellationToken);
            if (removed > 0)
                logger.FaultOver(messageId);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.FaultNotForgotten(messageId, exception);
        }
    }

    /// <summary>Has every message that was given up, and is still here, handled again.</summary>
    public async Task ReviveAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        var now = clock.GetUtcNow();
        await writes.RunAsync(
            async token =>
            {
                var givenUp = dbContext.Faults.Where(fault => fault.RetryAt == null && fault.OutboxId != null);
                await dbContext.Set<OutboxMessage>().Where(row => givenUp.Any(fault => fault.OutboxId == row.Id))
                    .ExecuteUpdateAsync(row => row.SetProperty(outbox => outbox.DueAt, now), token);
                return await givenUp.ExecuteUpdateAsync(fault => fault.SetProperty(row => row.RetryAt, now), token);
            },
            cancellationToken);
    }

    private async Task<Guid?> RunOfKeyAsync(string name, MessageText text, CancellationToken cancellationToken)
    {
        if (UnreadableMessage.KeyOf(name, text) is not { } key)
            return null;
        await using var scope = scopes.CreateAsyncScope();
        return await AddressByKey.FindAsync(scope.ServiceProvider.GetRequiredService<RunDbContext>(), key, cancellationToken);
    }

    private async Task<FaultRow> WriteAsync(FaultedMessage message, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        await using var transaction = await dbContext.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var fault = await dbContext.Faults.SingleOrDefaultAsync(row => row.MessageId == message.MessageId, cancellationToken);
        if (fault is not null && await IsAnotherAsync(dbContext, fault, message, cancellationToken))
        {
            message = message with { MessageId = NewId.NextGuid() };
            fault = null;
        }

        if (fault is null)
        {
            fault = new FaultRow { MessageId = message.MessageId, Since = now };
            dbContext.Add(fault);
        }

        // The rows that this message came from: of an earlier fault, or one that is kept until it is handled.
        var (earlier, own) = (fault.OutboxId, kept.RowOf(message.MessageId));
        await dbContext.Set<OutboxMessage>().Where(row => row.Id == earlier || row.Id == own).ExecuteDeleteAsync(cancellationToken);

        (fault.RunId, fault.Message, fault.Queue) = (message.RunId, message.Name, message.Queue);
        (fault.Exception, fault.Error, fault.LastAt) = (message.ExceptionName, message.Error, now);
        fault.Tries++;
        fault.RetryAt = message.IsMoved || message.IsUnreadable ? null : FaultBackOff.Next(fault.Tries, now);
        fault.OutboxId = fault.RetryAt is not null || options.Value.KeepsGivenUp ? Store(dbContext, message, now, fault.RetryAt ?? _never) : null;
        await dbContext.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return fault;
    }

    // Programs may give many messages one id, such as that of their run. None of them is to take the place of another.
    private static async Task<bool> IsAnotherAsync(RunDbContext dbContext, FaultRow fault, FaultedMessage message, CancellationToken cancellationToken)
    {
        if (fault.OutboxId is not { } stored || FaultedMessage.IdOf(message.Received) is not null)
            return false;
        var body = await dbContext.Set<OutboxMessage>().Where(row => row.Id == stored).Select(row => row.Body).SingleOrDefaultAsync(cancellationToken);
        return body is null || !body.AsSpan().SequenceEqual(message.Received.Body.GetBytes());
    }

    private static Guid Store(RunDbContext dbContext, FaultedMessage message, DateTimeOffset now, DateTimeOffset dueAt)
    {
        // Plain JSON is known by this header alone once it does not come through the exchange it was published to.
        var headers = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (message.Types.Count > 0)
            headers["message-type"] = message.Name;
        var queue = SagaQueues.IsForAnswers(message.Queue) ? SagaQueues.RunsName : message.Queue;
        var row = Redelivery.Of(message.Received, message.MessageId, new Uri($"exchange:{queue}"), message.Types, headers, now, dueAt);
        dbContext.Add(row);
        return row.Id;
    }

    private void Tell(FaultRow fault, Exception exception)
    {
        if (fault.RetryAt is { } retryAt)
            logger.MessageFaulted(fault.Message, fault.MessageId, fault.RunId, fault.Queue, fault.Tries, retryAt, exception);
        else
            logger.MessageGivenUp(fault.Message, fault.MessageId, fault.RunId, fault.Tries, fault.OutboxId is null ? $"the error queue of {fault.Queue}" : "the outbox", exception);
    }
}
