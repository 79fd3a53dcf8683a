using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.BusOutbox;
using Saga.EntityFrameworkCore.Telemetry;

namespace Saga.EntityFrameworkCore.Tests.Telemetry;

public sealed class When_somebody_traces(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task The_span_of_a_batch_is_a_root_that_links_to_whoever_waits_for_it(DatabaseKind kind)
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == AdapterTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await using var request = host.BeginRequest();
        await request.AddNoteAsync();
        using var caller = new Activity("request");
        caller.Start();

        await request.Services.GetRequiredService<GroupSave<OrderDbContext>>().SaveChangesAsync();

        var batch = await Eventually.SeeAsync(
            "the span",
            _ => Task.FromResult(spans.SingleOrDefault(span => span.Links.Any(link => link.Context.SpanId == caller.SpanId))),
            span => span is not null);
        batch!.OperationName.ShouldBe("saga.batch.write");
        batch.Parent.ShouldBeNull();
        batch.TraceId.ShouldNotBe(caller.TraceId);
        batch.GetTagItem("saga.batch.messages").ShouldBe(1);
        batch.GetTagItem("saga.batch.rows").ShouldBe(2);
    }
}
