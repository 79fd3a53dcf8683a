namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>
/// Lets one message at a time handle an instance in this process, so that messages for the same instance queue instead of conflicting. Two
/// instances may share a stripe; that costs a moment, never correctness. Between processes the version column decides.
/// </summary>
internal sealed class InstanceLock
{
    private const int Stripes = 1024;

    // Never disposed of: they hold nothing of the system's, and a message that outlives the host's patience still releases its own.
    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];

    public async Task<Lease> AcquireAsync(Guid correlationId, CancellationToken cancellationToken)
    {
        var stripe = _stripes[(uint)correlationId.GetHashCode() % Stripes];
        await stripe.WaitAsync(cancellationToken);
        return new Lease(stripe);
    }

    internal sealed class Lease(SemaphoreSlim stripe) : IDisposable
    {
        private bool _released;

        public void Dispose()
        {
            if (_released)
                return;
            _released = true;
            stripe.Release();
        }
    }
}
