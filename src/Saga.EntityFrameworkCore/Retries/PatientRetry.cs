using MassTransit;
using MassTransit.RetryPolicies;

namespace Saga.EntityFrameworkCore.Retries;

/// <summary>
/// Tries again without end, with pauses that grow from a tenth of a second to five. A number of tries would be an end: MassTransit's own policies have one, after which a
/// message that only waited for its database would count as failed.
/// </summary>
internal sealed class PatientRetry(IExceptionFilter filter) : IRetryPolicy
{
    private const int LongestPause = 5_000;
    private const int ShortestPause = 100;
    private const int Jitter = 200;

    /// <summary>How long to wait before a try.</summary>
    /// <param name="attempt">Which one, from 1.</param>
    public static TimeSpan PauseBefore(int attempt)
    {
        var pause = attempt > 6 ? LongestPause : Math.Min(LongestPause, ShortestPause << (attempt - 1));

        // Not all at the same moment. No secret hangs on it.
#pragma warning disable CA5394
        return TimeSpan.FromMilliseconds(pause + Random.Shared.Next(Jitter));
#pragma warning restore CA5394
    }

    public RetryPolicyContext<T> CreatePolicyContext<T>(T context)
        where T : class, PipeContext => new Policy<T>(this, context);

    public bool IsHandled(Exception exception) => filter.Match(exception);

    public void Probe(ProbeContext context) => context.CreateFilterScope("retry-patient");

    private sealed class Policy<T>(PatientRetry policy, T context) : BaseRetryPolicyContext<T>(policy, context)
        where T : class, PipeContext
    {
        protected override RetryContext<T> CreateRetryContext(Exception exception, CancellationToken cancellationToken) =>
            new Attempt<T>(policy, Context, exception, before: 0, cancellationToken);
    }

    private sealed class Attempt<T>(PatientRetry policy, T context, Exception exception, int before, CancellationToken cancellationToken)
        : BaseRetryContext<T>(context, exception, before, cancellationToken), RetryContext<T>
        where T : class, PipeContext
    {
        public override TimeSpan? Delay => PauseBefore(RetryAttempt);

        public bool CanRetry(Exception exception, out RetryContext<T> retryContext)
        {
            retryContext = new Attempt<T>(policy, Context, exception, RetryAttempt, CancellationToken);
            return policy.IsHandled(exception);
        }
    }
}
