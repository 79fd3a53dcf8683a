using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Saga.StateMachines.Waking;
using Saga.Worker.Hosting;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Hosting;

public sealed class When_an_option_is_set
{
    [Fact]
    public async Task It_holds()
    {
        await using var app = WorkerHost.Build(["--Saga:Waking:PollInterval=00:00:01", "--Saga:Waking:Lease=00:02:00", "--Saga:Waking:Limit=7"]);

        var waking = app.Services.GetRequiredService<IOptions<WakeOptions>>().Value;

        (waking.PollInterval, waking.Lease, waking.Limit).ShouldBe((TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2), 7));
    }

    [Theory]
    [InlineData("Saga:Waking:PollInterval", "00:00:00.01")]
    [InlineData("Saga:Waking:Lease", "00:00:00")]
    [InlineData("Saga:Waking:Limit", "0")]
    [InlineData("Saga:MaxInputBytes", "7")]
    public async Task Out_of_its_range_it_keeps_the_server_from_starting(string option, string value)
    {
        await using var app = WorkerHost.Build([$"--{option}={value}"]);

        Should.Throw<OptionsValidationException>(app.Services.GetRequiredService<IStartupValidator>().Validate)
            .Failures.ShouldHaveSingleItem().ShouldContain(option.Split(':')[^1]);
    }
}
