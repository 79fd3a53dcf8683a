using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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

    [Theory]
    [InlineData("Default", "Debug", "Saga.Worker", LogLevel.Debug)]
    [InlineData("Default", "Debug", "MassTransit.Transports", LogLevel.Warning)]
    [InlineData("Default", "Trace", "Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Critical)]
    [InlineData("Default", "Information", "Microsoft.EntityFrameworkCore.Query", LogLevel.Critical)]
    [InlineData("Default", "Information", "Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", LogLevel.Critical)]
    [InlineData("Saga.Consumers", "Debug", "Microsoft.AspNetCore.Routing", LogLevel.Warning)]
    [InlineData("MassTransit.Transports", "Debug", "MassTransit.Transports", LogLevel.Debug)]
    [InlineData("Microsoft.EntityFrameworkCore.Database.Command", "Debug", "Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Debug)]
    public async Task A_log_level_is_that_of_what_it_names_and_leaves_the_libraries_as_quiet_as_they_were(
        string named, string level, string category, LogLevel expected)
    {
        await using var app = WorkerHost.Build([$"--Logging:LogLevel:{named}={level}"]);

        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

        Enum.GetValues<LogLevel>().First(logger.IsEnabled).ShouldBe(expected);
    }
}
