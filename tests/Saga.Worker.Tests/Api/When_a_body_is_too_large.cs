using System.Net;
using System.Text.Json;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

/// <summary>Each refusal names the limit that was passed, and what helps against it: a setting that does not is not named.</summary>
[Collection(nameof(OneWorker))]
public sealed class When_a_body_is_too_large(SharedWorker shared)
{
    private const string ARun = "/api/runs/0199c0de-5a6a-7000-8000-000000000fff";

    private readonly EmbeddedWorker _worker = shared.Worker;

    [Fact]
    public async Task A_start_names_the_limits_of_its_input_and_of_its_plan()
    {
        using var response = await _worker.PostAsync("/api/runs", $$$"""{"plan":{"nodes":[{"name":"a","constant":"{{{new string('x', 2_200_000)}}}"}]}}""");

        (await DetailAsync(response)).ShouldBe(
            "The body has more than 2,162,688 bytes. There is room for an `input` of 1,048,576 bytes, for a `plan` or `steps` of 1,048,576, and for 65,536 of other properties. "
            + "If it is the input that has more, pass large things by reference, or raise Saga:MaxInputBytes. "
            + "If it is the plan, split the plan, or let a `child` do a part of it; no setting raises its limit.");
    }

    [Fact]
    public async Task A_signal_names_the_limit_of_its_payload()
    {
        using var response = await _worker.PostAsync($"{ARun}/signals/go", $$"""{"payload":"{{new string('x', 1_200_000)}}"}""");

        (await DetailAsync(response)).ShouldBe(
            "The body has more than 1,114,112 bytes. There is room for a `payload` of 1,048,576 bytes, and for 65,536 of other properties. "
            + "Pass large things by reference, or raise Saga:MaxInputBytes.");
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("rollback")]
    public async Task A_reason_is_to_be_shortened(string verb)
    {
        using var response = await _worker.PostAsync($"{ARun}/{verb}", $$"""{"reason":"{{new string('x', 70_000)}}"}""");

        (await DetailAsync(response)).ShouldBe("The body has more than 65,536 bytes. There is room for `by` and `reason`. Shorten them.");
    }

    // The second has more bytes than the web server takes of any request that says nothing else.
    [Theory]
    [InlineData(2_200_000)]
    [InlineData(31_000_000)]
    public async Task A_document_names_the_limit_of_documents(int length)
    {
        var document = $"nodes: [{{name: a, constant: {new string('x', length)}}}]";
        using var isChecked = await _worker.ValidateAsync(document);
        using var registered = await _worker.PutAsync("/api/definitions/large/1", document);

        const string Expected = "The body has more than 2,097,152 bytes. A plan document has at most 1,048,576, and no setting changes that. "
            + "Split the plan, let a `child` do a part of it, or pass large values in the run's input.";
        (await DetailAsync(isChecked)).ShouldBe(Expected);
        (await DetailAsync(registered)).ShouldBe(Expected);
    }

    [Fact]
    public async Task The_largest_plan_and_the_largest_input_fit_into_one_body()
    {
        const int Limit = 1_048_576;
        const string Plan = """{"nodes":[{"name":"a","dependsOn":[],"constant":""}]}""";
        var plan = Plan.Replace("\"\"", $"\"{new string('x', Limit - Plan.Length)}\"", StringComparison.Ordinal);

        using var response = await _worker.PostAsync("/api/runs", $$"""{"plan":{{plan}},"input":"{{new string('x', Limit - 2)}}","correlationKey":"LARGEST"}""");

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_list_of_steps_is_no_larger_than_a_plan_of_them()
    {
        var steps = JsonSerializer.Serialize(Enumerable.Repeat(new string('a', 64), 10_000));

        var problem = await _worker.PostAsync("/api/runs", $$"""{"steps":{{steps}}}""").JsonAsync(HttpStatusCode.BadRequest);

        problem.Errors().ShouldBe(["too_large at /steps"]);
    }

    private static async Task<string?> DetailAsync(HttpResponseMessage response)
    {
        var problem = await Task.FromResult(response).JsonAsync(HttpStatusCode.RequestEntityTooLarge);
        problem.Text("title").ShouldBe("The body is too large");
        return problem.Text("detail");
    }
}
