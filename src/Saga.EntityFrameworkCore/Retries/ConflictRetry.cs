using MassTransit;
using MassTransit.RetryPolicies;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.EntityFrameworkCore.Retries;

/// <summary>
/// Tries again where others got ahead, with pauses that depend on how. One policy for all of it, because each filter that stands around a handler costs every message
/// memory and time.
/// </summary>
internal sealed class ConflictRetry : IRetryPolicy
{
    // In milliseconds. Somebody else was faster, so patience ends these, however many processes contend.
    private static readonly int[] _overtaken = [0, 5, 10, 20, 50, .. Enumerable.Repeat(100, 95)];

    // Another insert of the same instance, which is there to be loaded next time.
    private static readonly int[] _keyTaken = [0, 5, 10, 20, 50, 100, 200, 500, 1000, 1000];

    // A unique value that another row has: the handler may find that row next time, or the row be gone; or it is taken for good.
    private static readonly int[] _valueTaken = [0, 100];

    public RetryPolicyContext<T> CreatePolicyContext<T>(T context)
        where T : class, PipeContext => new Policy<T>(this, context);

    public bool IsHandled(Exception exception) => PausesAfter(exception) is not null;

    public void Probe(ProbeContext context) => context.CreateFilterScope("retry-conflict");

    private static int[]? PausesAfter(Exception exception) =>
        DatabaseFailure.IsOvertaken(exception) ? _overtaken
        : TakenValue.IsCauseOf(exception) ? _valueTaken
        : DatabaseFailure.IsConflict(exception) ? _keyTaken
        : null;

    private sealed class Policy<T>(ConflictRetry policy, T context) : BaseRetryPolicyContext<T>(policy, context)
        where T : class, PipeContext
    {
        protected override RetryContext<T> CreateRetryContext(Exception exception, CancellationToken cancellationToken) =>
            new Attempt<T>(Context, exception, [], cancellationToken);
    }

    /// <summary>Another try after those with the pauses of <paramref name="before"/>.</summary>
    private sealed class Attempt<T>(T context, Exception exception, int[][] before, CancellationToken cancellationToken)
        : BaseRetryContext<T>(context, exception, before.Length, cancellationToken), RetryContext<T>
        where T : class, PipeContext
    {
        private readonly int[] _pauses = PausesAfter(exception) ?? [];

        public override TimeSpan? Delay => IsAllowed ? TimeSpan.FromMilliseconds(_pauses[TriesAlike]) : null;

        private bool IsAllowed => TriesAlike < _pauses.Length;

        private int TriesAlike => before.Count(tried => tried == _pauses);

        public bool CanRetry(Exception exception, out RetryContext<T> retryContext)
        {
            var next = new Attempt<T>(Context, exception, [.. before, _pauses], CancellationToken);
            retryContext = next;
            return next.IsAllowed;
        }
    }
}
