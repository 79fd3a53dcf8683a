using System.CommandLine;
using Saga.Cli.Api;
using Saga.Cli.Demo;

namespace Saga.Cli.Commands;

/// <summary>Shows in a few seconds what sagas do, on a server that exists only meanwhile.</summary>
internal sealed class DemoCommand : Command
{
    private readonly Surroundings _surroundings;

    public DemoCommand(Surroundings surroundings)
        : base("demo", "See it work: a server of its own, four short runs, nothing left behind.")
    {
        _surroundings = surroundings;
        SetAction((_, cancellation) => RunAsync(cancellation));
    }

    private async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            await using (var server = new EmbeddedServer(_surroundings))
            {
                Uri address = await server.StartAsync(cancellation);
                using var api = new ApiClient(address, _surroundings.Connect(address));
                await DemoStory.PlayAsync(new DemoStage(_surroundings, api), cancellation);
            }

            await _surroundings.Out.WriteLineAsync(DemoStory.WhatNext(_surroundings.Saga));
            return ExitCode.Done;
        }
        catch (Exception failure) when (cancellation.IsCancellationRequested && failure is (OperationCanceledException or CommandFailedException))
        {
            // The server hears the same signal and may be gone before the last request is: that is no failure of the demo.
            await _surroundings.Error.WriteLineAsync("\nStopped; nothing is left behind.");
            return ExitCode.Interrupted;
        }
        catch (CommandFailedException failure)
        {
            await _surroundings.Error.WriteLineAsync(_surroundings.Told(failure.Problem));
            return failure.Code;
        }
    }
}
