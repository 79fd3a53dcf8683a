using MassTransit;
using MassTransit.Middleware;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Retries;

namespace Saga.EntityFrameworkCore.Tests.Conflicts;

public sealed class When_others_got_ahead
{
    private static readonly Exception _overtaken = new DbUpdateConcurrencyException("Another was faster.");
    private static readonly Exception _keyTaken = new SqliteException("The primary key is taken.", 19, 1555);
    private static readonly Exception _valueTaken = new SqliteException("The unique value is taken.", 19, 2067);
    private static readonly Exception _failed = new InvalidOperationException("The handler failed.");

    private readonly RetryPolicyContext<Nothing> _policy = new ConflictRetry().CreatePolicyContext(new Nothing());

    [Fact]
    public void One_that_was_overtaken_is_patient() =>
        PausesAfter(_overtaken).ShouldBe([0, 5, 10, 20, 50, .. Enumerable.Repeat(100, 95)]);

    [Fact]
    public void One_whose_key_is_taken_is_tried_until_the_instance_can_be_loaded() =>
        PausesAfter(_keyTaken).ShouldBe([0, 5, 10, 20, 50, 100, 200, 500, 1000, 1000]);

    [Fact]
    public void One_whose_unique_value_is_taken_is_tried_twice() => PausesAfter(_valueTaken).ShouldBe([0, 100]);

    [Fact]
    public void What_went_wrong_otherwise_is_not_tried_again()
    {
        _policy.CanRetry(_failed, out _).ShouldBeFalse();
        _policy.CanRetry(_overtaken, out var retry).ShouldBeTrue();
        retry.CanRetry(_failed, out retry).ShouldBeFalse();
        retry.Delay.ShouldBeNull();
    }

    [Fact]
    public void Each_kind_has_tries_of_its_own()
    {
        _policy.CanRetry(_valueTaken, out var retry).ShouldBeTrue();
        retry.CanRetry(_overtaken, out retry).ShouldBeTrue();
        retry.Delay.ShouldBe(TimeSpan.Zero);
        retry.CanRetry(_valueTaken, out retry).ShouldBeTrue();
        retry.Delay.ShouldBe(TimeSpan.FromMilliseconds(100));
        retry.CanRetry(_overtaken, out retry).ShouldBeTrue();
        retry.Delay.ShouldBe(TimeSpan.FromMilliseconds(5));
        retry.RetryAttempt.ShouldBe(4);
        retry.CanRetry(_valueTaken, out _).ShouldBeFalse();
    }

    private List<double> PausesAfter(Exception exception)
    {
        var pauses = new List<double>();
        for (var mayRetry = _policy.CanRetry(exception, out var retry); mayRetry; mayRetry = retry.CanRetry(exception, out retry))
            pauses.Add(retry.Delay!.Value.TotalMilliseconds);
        return pauses;
    }

    private sealed class Nothing : BasePipeContext;
}
