using Saga.Integration.Tests.Deployments;
using Shouldly;

namespace Saga.Integration.Tests.Scenarios;

public sealed class When_a_message_cannot_be_read(SingleWorker worker) : IClassFixture<SingleWorker>
{
    [Theory]
    [InlineData("{ this is not JSON", "StartProvisioning", PlainSender.PlainJson, "is an invalid start")]
    [InlineData("{ this is not JSON", null, PlainSender.Envelope, "is an invalid start")]
    [InlineData("null", "StartProvisioning", PlainSender.PlainJson, "no object")]
    [InlineData("null", "CancelProvisioning", PlainSender.PlainJson, "no object")]
    [InlineData("[5]", "ExecuteStep", PlainSender.PlainJson, "no object")]
    [InlineData("""{"messageType":["urn:message:Saga.Contracts:CancelProvisioning"],"message":5}""", null, PlainSender.Envelope, "no JSON object")]
    [InlineData("{}", "NobodyKnowsThis", PlainSender.PlainJson, "'NobodyKnowsThis'")]
    [InlineData("{}", null, PlainSender.PlainJson, "Set the header 'message-type'")]
    public async Task It_lands_in_the_error_queue_and_the_next_one_is_served(string body, string? messageType, string contentType, string reason)
    {
        var sender = new PlainSender(worker.Broker);
        foreach (var queue in new[] { "saga-runs", "saga-step-echo" })
        {
            await sender.SendAsync(queue, body, messageType, contentType);

            (await new DeadLetters(worker.Broker).SeeInAsync($"{queue}_error", () => worker.Output)).ShouldContain(reason);
        }

        var id = await worker.Api.StartAsync(["echo"]);
        (await worker.Api.SeeEndAsync(id)).GetProperty("status").GetString().ShouldBe("completed", worker.Output);
        await new DeadLetters(worker.Broker).ShouldBeNoneAsync(() => worker.Output);
    }

    [Theory]
    [InlineData("StartProvisioning", """{"runId":"7f9a6e5c-9d0c-4c39-8a0b-0f8f4f6f1f01","steps":5}""")]
    [InlineData("SignalProvisioning", """{"runId":"7f9a6e5c-9d0c-4c39-8a0b-0f8f4f6f1f02","name":[]}""")]
    public async Task A_command_that_names_its_run_is_refused_and_left_in_no_queue(string messageType, string body)
    {
        await new PlainSender(worker.Broker).SendAsync("saga-runs", body, messageType, PlainSender.PlainJson);

        var id = await worker.Api.StartAsync(["echo"]);
        (await worker.Api.SeeEndAsync(id)).GetProperty("status").GetString().ShouldBe("completed", worker.Output);
        await new DeadLetters(worker.Broker).ShouldBeNoneAsync(() => worker.Output);
    }
}
