using Saga.Cli.Api;
using Saga.Cli.Views;
using Spectre.Console;

namespace Saga.Cli;

/// <summary>What a command has at hand while it talks to one server.</summary>
internal sealed class ClientSession(Surroundings surroundings, ApiClient api, bool json, bool isServerChosen)
{
    public Surroundings Surroundings => surroundings;

    public ApiClient Api => api;

    /// <summary>A program reads the output: nothing but JSON may go there.</summary>
    public bool Json => json;

    /// <summary>Somebody said where the server is, so doing without it would not be what they want.</summary>
    public bool IsServerChosen => isServerChosen;

    public LastRun LastRun { get; } = new(surroundings);

    public IAnsiConsole Console { get; } = Terminal.On(surroundings);

    public DateTimeOffset Now => surroundings.Time.GetUtcNow();

    /// <summary>The run that an argument means: an id, the beginning of one, <c>key:</c> and a business key, or <c>-</c>.</summary>
    public Task<Answer<Run>> FindAsync(string idPrefixOrDash, CancellationToken cancellation)
    {
        string id = idPrefixOrDash != LastRun.Shorthand
            ? idPrefixOrDash
            : LastRun.On(api.Server) ?? throw new CommandFailedException(new Problem
            {
                Title = $"`-` means the last run started from here, but none was started on {api.Server.AbsoluteUri.TrimEnd('/')}.",
                Detail = "Start one with `saga start`, or see `saga list` for the ids of others.",
            });
        return api.GetRunAsync(id, cancellation);
    }

    public Task PrintJsonAsync(string json) => surroundings.Out.WriteLineAsync(json.TrimEnd());

    /// <summary>Prints what the server listed: its JSON, a table, or a line when there is nothing to stand in it.</summary>
    public async Task PrintListAsync<T>(string json, IReadOnlyCollection<T> items, Func<IEnumerable<T>, DateTimeOffset, Table> table, string whenEmpty)
    {
        if (Json)
            await PrintJsonAsync(json);
        else if (items.Count == 0)
            await PrintAsync(whenEmpty);
        else
            Console.Write(table(items, Now));
    }

    public Task PrintAsync(string line) => surroundings.Out.WriteLineAsync(Printable.Of(line));
}
