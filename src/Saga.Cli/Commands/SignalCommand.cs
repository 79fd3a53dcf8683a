using System.CommandLine;
using Saga.Cli.Api;
using Saga.Cli.Views;

namespace Saga.Cli.Commands;

/// <summary>Tells a run that something happened.</summary>
internal sealed class SignalCommand : ClientCommand
{
    private static readonly CommandText _payloadText = new("payload", "--payload");

    private readonly Argument<string> _run = RunArgument.Create();

    private readonly Argument<string> _name = new("name") { Description = "The signal, such as approved. The command `show` tells what a run waits for." };

    private readonly Option<string?> _payload = new("--payload")
    {
        Description = "What it carries: JSON, @file, or - for standard input.",
        HelpName = "json",
    };

    private readonly Option<string?> _dedupKey = new("--dedup-key") { Description = "Sent again with the same key, it counts once.", HelpName = "key" };

    private readonly Option<string?> _by = new("--by") { Description = "Who sends it, for people.", HelpName = "name" };

    public SignalCommand(Surroundings surroundings)
        : base("signal", "Send a signal to a run. One that comes before it is awaited is kept.", surroundings)
    {
        Add(_run);
        Add(_name);
        Add(_payload);
        Add(_dedupKey);
        Add(_by);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, ClientSession session, CancellationToken cancellation)
    {
        // Looked up first, as for every operation: the wrong run cannot be told to forget it.
        Answer<Run> found = await session.FindAsync(parsed.GetRequiredValue(_run), cancellation);
        string name = parsed.GetRequiredValue(_name);
        var signal = new SignalRequest
        {
            Payload = await _payloadText.ReadAsync(parsed.GetValue(_payload), session.Surroundings.In, cancellation),
            DedupKey = parsed.GetValue(_dedupKey),
            By = parsed.GetValue(_by),
        };
        Answer<Run> answer = await session.Api.SignalAsync(found.Value.Id, name, signal, cancellation);

        if (session.Json)
        {
            await session.PrintJsonAsync(answer.Json);
            return ExitCode.Done;
        }

        await session.PrintAsync($"Sent signal {name} to run {answer.Value.Id}.");
        if (answer.Value.Warning is { } warning)
            await session.Surroundings.Error.WriteLineAsync(Printable.Of($"warning: {warning}"));
        await session.PrintAsync($"Watch it: {session.Surroundings.Saga} watch {answer.Value.Id}");
        return ExitCode.Done;
    }
}
