using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_this_process_has_a_queue_for_answers : IAsyncLifetime
{
    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync() => _saga = await ProvisioningHarness.StartAsync();

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Fact]
    public async Task Its_commands_ask_for_the_answer_there()
    {
        _saga.OwnAnswers.Queue = "saga-answers-4";
        var runId = await _saga.StartRunAsync("echo", "fail");

        var first = await _saga.ExecuteOfAsync(runId, "echo-0");
        await _saga.CompleteAsync(first);
        await _saga.FailAsync(await _saga.ExecuteOfAsync(runId, "fail-1"));

        first.AnswerTo.ShouldBe("saga-answers-4");
        (await _saga.CompensateOfAsync(runId, "echo-0")).AnswerTo.ShouldBe("saga-answers-4");
    }

    [Fact]
    public async Task There_is_none_at_first()
    {
        var runId = await _saga.StartRunAsync("echo");

        (await _saga.ExecuteOfAsync(runId, "echo-0")).AnswerTo.ShouldBeNull();
    }
}
