using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_the_server_is_started : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task It_says_where_it_is_and_stops_in_good_order()
    {
        using var ctrlC = new CancellationTokenSource();
        _shell.CtrlC = ctrlC.Token;
        _shell.Host = args =>
        {
            WebApplication server = new ToyServer().Build(args);
            server.Lifetime.ApplicationStarted.Register(() => ctrlC.CancelAfter(TimeSpan.Zero));
            return server;
        };

        Outcome outcome = await _shell.RunAsync("server", "--urls", "http://127.0.0.1:0");

        outcome.Error.ShouldBeEmpty();
        outcome.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Settings_of_any_name_reach_the_host()
    {
        string[] seen = [];
        _shell.Host = args =>
        {
            seen = args;
            throw new InvalidOperationException("Seen enough.");
        };

        await _shell.RunAsync("server", "--urls", "http://127.0.0.1:1", "--ConnectionStrings:Database=Data Source=a b.db", "--Saga:Roles", "api,steps");

        seen[1..].ShouldBe(["--ConnectionStrings:Database=Data Source=a b.db", "--Saga:Roles", "api,steps", "--urls=http://127.0.0.1:1"]);
    }

    [Fact]
    public async Task A_port_in_use_is_told_with_a_remedy()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        _shell.Host = new ToyServer().Build;

        Outcome outcome = await _shell.RunAsync("server", "--urls", $"http://{other.LocalEndpoint}");

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldBe(
            $"error: The server cannot listen: Failed to bind to address http://{other.LocalEndpoint}: address already in use. "
            + "Stop the other program, or choose another address, such as `saga server --urls http://127.0.0.1:5081`.\n");
    }

    [Fact]
    public async Task Every_bad_setting_has_its_line()
    {
        _shell.Host = _ => throw new AggregateException(
            new OptionsValidationException("Saga", typeof(object), ["Saga:Roles is `x`.", "Saga:Lease is 0."]),
            new OptionsValidationException("Broker", typeof(object), ["Broker is not an address."]));

        (await _shell.RunAsync("server")).ShouldBe(new Outcome(
            1,
            "",
            """
            error: The server cannot start with these settings:
              Saga:Roles is `x`.
              Saga:Lease is 0.
              Broker is not an address.

            """));
    }

    [Fact]
    public async Task Any_other_failure_is_told_with_its_causes_and_without_a_stack()
    {
        _shell.Host = _ => throw new InvalidOperationException("The database cannot be opened.\nIt is at data/saga.db.", new IOException("Permission denied"));

        (await _shell.RunAsync("server")).Error.ShouldBe(
            """
            error: The server cannot start:
              The database cannot be opened.
              It is at data/saga.db.
              Permission denied

            """);
    }
}
