using MassTransit;
using MassTransit.Middleware;
using Saga.EntityFrameworkCore.Retries;

namespace Saga.EntityFrameworkCore.Tests.Failures;

public sealed class When_a_message_waits_for_its_database
{
    private static readonly Exception _away = new Npgsql.NpgsqlException("Connection refused");

    [Fact]
    public void It_is_tried_without_end()
    {
        var policy = new PatientRetry(new Anything()).CreatePolicyContext(new Nothing());

        policy.CanRetry(_away, out var retry).ShouldBeTrue();
        for (var attempt = 1; attempt < 100_000; attempt++)
            retry.CanRetry(_away, out retry).ShouldBeTrue();

        retry.RetryAttempt.ShouldBe(100_000);
    }

    [Fact]
    public void The_pauses_grow_to_five_seconds_and_no_further()
    {
        var pauses = Enumerable.Range(1, 40).Select(attempt => PatientRetry.PauseBefore(attempt).TotalMilliseconds).ToList();

        pauses[0].ShouldBeInRange(100, 300);
        pauses[5].ShouldBeInRange(3200, 3400);
        pauses[6].ShouldBeInRange(5000, 5200);
        pauses[39].ShouldBeInRange(5000, 5200);
    }

    private sealed class Nothing : BasePipeContext;

    private sealed class Anything : IExceptionFilter
    {
        public bool Match(Exception exception) => true;

        public void Probe(ProbeContext context)
        {
            // It has nothing to tell.
        }
    }
}
