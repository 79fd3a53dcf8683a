using System.CommandLine;
using Saga.Cli.Api;
using Saga.Cli.Watching;

namespace Saga.Cli.Commands;

/// <summary>Asks for an operation that ends with the run compensated.</summary>
internal abstract class OperationCommand : ClientCommand
{
    private readonly Argument<string> _run = RunArgument.Create();

    private readonly Option<string?> _by = new("--by") { Description = "Who asks for it; kept with the run.", HelpName = "name" };

    private readonly Option<string?> _reason = new("--reason") { Description = "Why; kept with the run.", HelpName = "text" };

    private readonly Option<bool> _wait = new("--wait") { Description = "Stay until everything is compensated: exit 0 when the run is rolled_back." };

    private readonly string _asked;

    /// <summary>Makes the command for one operation.</summary>
    /// <param name="name">The verb: the name of the command and of the operation in the API.</param>
    /// <param name="description">What it does.</param>
    /// <param name="asked">The sentence that confirms it, up to the run's id.</param>
    /// <param name="surroundings">The terminal, the network and the clock.</param>
    protected OperationCommand(string name, string description, string asked, Surroundings surroundings)
        : base(name, description, surroundings)
    {
        _asked = asked;
        Add(_run);
        Add(_by);
        Add(_reason);
        Add(_wait);
    }

    /// <summary>Whether a run with this status has nothing left to do for the operation.</summary>
    protected abstract bool IsOver(string status);

    protected override async Task<int> ExecuteAsync(ParseResult parsed, ClientSession session, CancellationToken cancellation)
    {
        // Looked up first: an operation on the wrong run cannot be taken back, so it is asked for by full id only.
        Answer<Run> found = await session.FindAsync(parsed.GetRequiredValue(_run), cancellation);
        var operation = new Operation { By = parsed.GetValue(_by), Reason = parsed.GetValue(_reason) };
        Answer<Run> answer = await session.Api.AskAsync(found.Value.Id, Name, operation, cancellation);

        if (parsed.GetValue(_wait))
            return await Watch.ToTheEndAsync(session, answer, RunStatus.RolledBack, cancellation, IsOver);

        if (session.Json)
            await session.PrintJsonAsync(answer.Json);
        else
            await session.PrintAsync($"{_asked} {answer.Value.Id}, now {answer.Value.Status}.\nWatch it: {session.Surroundings.Saga} watch {answer.Value.Id}");
        return ExitCode.Done;
    }
}
