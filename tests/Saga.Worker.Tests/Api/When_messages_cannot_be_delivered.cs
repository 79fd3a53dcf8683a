using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Persistence;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

public sealed class When_messages_cannot_be_delivered
{
    [Fact]
    public async Task Health_says_so_and_the_process_stays_in_service()
    {
        await using var worker = await EmbeddedWorker.StartAsync();
        await using (var scope = worker.Services.CreateAsyncScope())
        {
            var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
            dbContext.Add(new OutboxMessage
            {
                Id = Guid.CreateVersion7(),
                Destination = "loopback://localhost/nowhere",
                ContentType = "application/json",
                Body = [],
                Properties = "{", // Nobody can read this.
                CreatedAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1),
                DueAt = TimeProvider.System.GetUtcNow(),
            });
            await dbContext.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        using var deadline = new CancellationTokenSource(Patience.Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        JsonElement report;
        do
        {
            await timer.WaitForNextTickAsync(deadline.Token);
            using var response = await worker.TryGetAsync("/health/ready");
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            report = await response.Content.ReadFromJsonAsync<JsonElement>(deadline.Token);
        }
        while (report.GetProperty("status").GetString() != "degraded");

        report.GetProperty("checks").GetProperty("outbox").GetProperty("description").GetString()!
            .ShouldStartWith("Messages in the outbox of RunDbContext are due and not delivered: 1, the oldest for 0.01:");
    }
}
