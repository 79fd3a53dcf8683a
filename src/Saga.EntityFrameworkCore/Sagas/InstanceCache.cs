using System.Diagnostics.CodeAnalysis;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Caching.Memory;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.Telemetry;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>
/// Instances as this process committed them, so that their next message need not load them. An instance is taken out to be handled and put back
/// after the commit, whose version check is what makes it safe: a decision made on an outdated instance is never stored. Where several
/// processes handle the same instances the cache is wrong too often, and rests for longer and longer.
/// </summary>
internal sealed class InstanceCache<TSaga, TDbContext>(
    GroupLoad<TSaga, TDbContext> load, AdapterMetrics<TDbContext> metrics, TimeProvider clock) : IInstanceCache, IDisposable
    where TSaga : class, ISaga
    where TDbContext : DbContext
{
    private const long LimitInCharacters = 16 * 1024 * 1024;

    // So many are right for each that is wrong where keeping is worth it: a wrong one costs its message, and the batch that it was to be written with.
    private const int RightForEachWrong = 100;

    // What an entry takes besides its strings and bytes.
    private const int EntryOverhead = 512;

    private readonly TimeSpan _shortestRest = TimeSpan.FromSeconds(1);
    private readonly TimeSpan _longestRest = TimeSpan.FromMinutes(10);
    private readonly Lock _lock = new();

    // Whoever takes an instance, or learns what became of it, finds it in one of the two.
    private readonly Lock _taking = new();
    private readonly Dictionary<Guid, HandedOn> _handedOn = [];
    private readonly MemoryCache _instances = new(new MemoryCacheOptions { SizeLimit = LimitInCharacters });
    private int _takenSinceWrong;
    private TimeSpan _rest;
    private DateTimeOffset _trustedFrom = DateTimeOffset.MinValue;
    private TableShape? _table;
    private volatile bool _isLearnt;

    /// <summary>Takes an instance out; from now on it is the caller's alone.</summary>
    /// <param name="correlationId">Which one.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="save">The save that makes it so, if that is still under way.</param>
    public bool TryTake(Guid correlationId, [NotNullWhen(true)] out TSaga? instance, out PendingSave? save)
    {
        lock (_taking)
        {
            if (_handedOn.Remove(correlationId, out var handedOn))
                return TryTake(handedOn, out instance, out save);

            save = null;
            if (!_instances.TryGetValue(correlationId, out instance) || instance is null)
                return false;
            _instances.Remove(correlationId);
            Taken();
            return true;
        }
    }

    public bool Contains(Guid correlationId)
    {
        lock (_taking)
            return _handedOn.ContainsKey(correlationId) || _instances.TryGetValue(correlationId, out _);
    }

    public void HandOn(ISaga instance, PendingSave save)
    {
        lock (_taking)
            _handedOn[instance.CorrelationId] = new HandedOn((TSaga)instance, save);
    }

    public void Settle(ISaga instance, PendingSave save)
    {
        lock (_taking)
        {
            if (!_handedOn.TryGetValue(instance.CorrelationId, out var handedOn) || handedOn.Save != save)
                return;
            _handedOn.Remove(instance.CorrelationId);
            if (save.Done.IsCompletedSuccessfully)
                Keep(instance);
        }
    }

    /// <summary>
    /// The table of the instances if each is one row, guarded by its version, and nothing else: such an instance can be kept, and written without the
    /// context tracking it.
    /// </summary>
    public TableShape? TableOf(IModel model)
    {
        if (_isLearnt)
            return _table;
        var type = model.FindEntityType(typeof(TSaga));
        var isOneRow = type is not null
            && !type.GetNavigations().Any()
            && !type.GetSkipNavigations().Any()
            && !type.GetServiceProperties().Any()
            && typeof(ISagaVersion).IsAssignableFrom(typeof(TSaga))
            && type.FindProperty(nameof(ISagaVersion.Version)) is { IsConcurrencyToken: true };
        _table = isOneRow ? TableShape.Of(type!) : null;
        _isLearnt = true;
        return _table;
    }

    public void Keep(ISaga instance)
    {
        if (_table is not { } table || instance.GetType() != typeof(TSaga) || clock.GetUtcNow() < TrustedFrom)
            return;
        _instances.Set(instance.CorrelationId, (TSaga)instance, new MemoryCacheEntryOptions { Size = SizeOf(instance, table.Columns) });
    }

    /// <summary>
    /// Keeps an instance that was begun outside of its messages, for the first of them. If one was handled since the commit, the instance is that message's; and
    /// if one is kept from before, of an earlier life perhaps, nobody can tell which is the later, and the next message loads it.
    /// </summary>
    public void KeepNew(TSaga instance)
    {
        lock (_taking)
        {
            if (_handedOn.ContainsKey(instance.CorrelationId))
                return;
            if (_instances.TryGetValue(instance.CorrelationId, out _))
                Drop(instance);
            else
                Keep(instance);
        }
    }

    public void Drop(ISaga instance) => _instances.Remove(instance.CorrelationId);

    public async Task<bool> IsCurrentAsync(ISaga instance, CancellationToken cancellationToken) =>
        await load.LoadAsync(instance.CorrelationId, cancellationToken) is ISagaVersion stored && stored.Version == ((ISagaVersion)instance).Version;

    public void Distrust()
    {
        metrics.FoundStale();
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now < _trustedFrom)
                return;
            if (Interlocked.Exchange(ref _takenSinceWrong, 0) > RightForEachWrong)
            {
                _rest = TimeSpan.Zero;
                return;
            }

            var wasRightForLong = now - _trustedFrom > 10 * _longestRest;
            _rest = wasRightForLong || _rest == TimeSpan.Zero ? _shortestRest : _rest * 2;
            if (_rest > _longestRest)
                _rest = _longestRest;
            _trustedFrom = now + _rest;
        }

        _instances.Clear();
    }

    public void Dispose() => _instances.Dispose();

    private DateTimeOffset TrustedFrom
    {
        get
        {
            lock (_lock)
                return _trustedFrom;
        }
    }

    private void Taken()
    {
        metrics.TakenFromCache();
        Interlocked.Increment(ref _takenSinceWrong);
    }

    private bool TryTake(HandedOn handedOn, [NotNullWhen(true)] out TSaga? instance, out PendingSave? save)
    {
        (instance, save) = (null, null);
        if (handedOn.Save.Done.IsFaulted)
            return false;

        Taken();
        if (handedOn.Save.Done.IsCompletedSuccessfully)
        {
            instance = handedOn.Instance;
            return true;
        }

        // What is being written must not change under the writer's hands.
        instance = (TSaga)_table!.Copy(handedOn.Instance);
        save = handedOn.Save;
        return true;
    }

    private static long SizeOf(object instance, IReadOnlyList<ColumnShape> columns) => EntryOverhead + ((instance as IKeptInstance)?.KeptSize ?? 0) + columns.Sum(column => column.ValueOf(instance) switch
    {
        string text => text.Length,
        byte[] bytes => bytes.Length,
        _ => 0L,
    });

    private sealed record HandedOn(TSaga Instance, PendingSave Save);
}
