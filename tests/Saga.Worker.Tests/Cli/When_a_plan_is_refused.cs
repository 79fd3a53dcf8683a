using System.Net;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_a_plan_is_refused : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Every_error_is_told_with_its_place()
    {
        _shell.Server.Refuses(
            "POST /api/runs",
            HttpStatusCode.BadRequest,
            """
            {"title":"The run was refused","status":400,"errors":[
              {"pointer":"/steps/0","code":"unknown_step","message":"No worker announced `ecko`. Did you mean `echo`?"},
              {"pointer":"/steps/1","code":"unknown_step","message":"No worker announced `x`."}]}
            """);

        (await _shell.RunAsync("start", "ecko", "x")).ShouldBe(new Outcome(
            1,
            "",
            """
            error: The run was refused.
              /steps/0: No worker announced `ecko`. Did you mean `echo`?
              /steps/1: No worker announced `x`.

            """));
    }
}
