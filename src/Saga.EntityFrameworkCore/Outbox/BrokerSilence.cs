using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// Whether the broker is silent: connected, and answering no delivery for as long as one may take. So is one that is frozen, and RabbitMQ while it is short of memory
/// or disk, when it reads nothing from who publishes. A refusal is an answer, too.
/// </summary>
internal sealed class BrokerSilence<TDbContext>(TimeProvider clock, ILogger<BrokerSilence<TDbContext>> logger)
    where TDbContext : DbContext
{
    private readonly Lock _lock = new();
    private long _answeredAt;
    private volatile Silence? _silence;
    private int _probes;

    /// <summary>When the first delivery began that was not answered; null while the broker answers.</summary>
    public DateTimeOffset? Since => _silence?.Since;

    /// <summary>A message was confirmed or refused.</summary>
    public void Answered()
    {
        Volatile.Write(ref _answeredAt, clock.GetTimestamp());
        if (_silence is not null)
            End();
    }

    /// <summary>A message was not answered for as long as its delivery may take.</summary>
    /// <returns>True when the broker answered no other since then either, and so is silent.</returns>
    public bool Unanswered(long startedAt)
    {
        lock (_lock)
        {
            if (Volatile.Read(ref _answeredAt) >= startedAt)
                return false;
            if (_silence is not null)
                return true;
            var lasted = clock.GetElapsedTime(startedAt);
            _silence = new Silence(clock.GetUtcNow() - lasted);
            logger.BrokerIsSilent(typeof(TDbContext).Name, lasted);
            return true;
        }
    }

    /// <summary>Lets one at a time try whether the broker answers again; who gets true calls <see cref="EndProbe"/>.</summary>
    public bool TryBeginProbe() => Interlocked.CompareExchange(ref _probes, 1, 0) == 0;

    public void EndProbe() => Volatile.Write(ref _probes, 0);

    private void End()
    {
        lock (_lock)
        {
            if (_silence is { } silence)
                logger.BrokerAnswersAgain(typeof(TDbContext).Name, clock.GetUtcNow() - silence.Since);
            _silence = null;
        }
    }

    private sealed record Silence(DateTimeOffset Since);
}
