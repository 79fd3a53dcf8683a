using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Saga.Cli.Api;
using Saga.Cli.Commands;
using Saga.StateMachines.Plans;

namespace Saga.Cli;

/// <summary>What is wrong with how the command line was used.</summary>
internal static class Usage
{
    /// <summary>What is wrong, with a remedy; null when nothing is.</summary>
    public static Problem? ProblemOf(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        // Help and the version are told whatever else is wrong.
        if (parsed.Action is not (null or ParseErrorAction) && parsed.Action != command.Action)
            return null;

        // What a command with subcommands is given is meant to be one of them.
        if (command.Subcommands.Count > 0)
            return parsed.Action is ParseErrorAction ? UnknownCommand(command, [.. parsed.UnmatchedTokens]) : null;

        string[] facts = [.. Stray(parsed), .. Misplaced(parsed), .. parsed.Errors.Where(error => !IsOfUnmatched(error, parsed)).Select(error => error.Message)];
        return facts.Length == 0 ? null : new Problem { Title = string.Join(' ', facts), Detail = $"See `saga {PathOf(command)} --help`." };
    }

    private static Problem UnknownCommand(Command command, string[] given)
    {
        string path = PathOf(command);
        string[] known = [.. command.Subcommands.Select(subcommand => subcommand.Name)];
        string commands = $"The commands are {string.Join(", ", known.Select(name => $"{path} {name}".TrimStart()))}.";
        string help = $"See `saga {$"{path} --help".TrimStart()}`.";
        string? option = given.FirstOrDefault(word => word.StartsWith('-'));
        string title = given.Length == 0 ? "No command is given." : option == given[0] ? NoOption(option, command) : $"There is no command {$"{path} {given[0]}".TrimStart()}.";
        return new() { Title = title + Guess(given.Length == 0 || option == given[0] ? [] : Nearest(given[0], known), $"saga {path}".TrimEnd() + " "), Detail = $"{commands} {help}" };
    }

    /// <summary>
    /// Options that the command has not. A misspelt one would otherwise be taken for an argument: <c>start echo --inptu x</c> for three
    /// steps. What follows <c>--</c> is meant as it is.
    /// </summary>
    private static IEnumerable<string> Stray(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        HashSet<Token> arguments = command is ServerCommand
            ? []
            : new(parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens), ReferenceEqualityComparer.Instance);
        string[] misspelt =
        [
            .. parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
                .Where(token => arguments.Contains(token) && IsOption(token.Value)).Select(token => token.Value),
            .. parsed.UnmatchedTokens.Where(IsOption),
        ];
        foreach (string option in misspelt.Take(1))
            yield return NoOption(option, command);
        if (misspelt.Length == 0 && parsed.UnmatchedTokens.Count > 0)
            yield return $"`{parsed.UnmatchedTokens[0]}` is one word too many.";
    }

    /// <summary>Options before a command that asks no server.</summary>
    private static IEnumerable<string> Misplaced(ParseResult parsed)
    {
        var root = (SagaCommand)parsed.RootCommandResult.Command;
        Command command = parsed.CommandResult.Command;
        if (command is ClientCommand)
            yield break;
        if (parsed.GetResult(root.Url) is not null)
            yield return $"--url names the server that a command asks, and `saga {PathOf(command)}` asks none.";
        if (parsed.GetResult(root.Json) is { Implicit: false } && command is not LogicCommand)
            yield return $"`saga {PathOf(command)}` has no --json.";
    }

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-';

    // The parser's own words for them say less.
    private static bool IsOfUnmatched(ParseError error, ParseResult parsed) =>
        error.SymbolResult is CommandResult && parsed.UnmatchedTokens.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal));

    private static string NoOption(string option, Command command)
    {
        string name = option.Split('=', 2)[0];
        return $"There is no option {name}.{Guess(Nearest(name, command.Options.Select(known => known.Name)), "")}";
    }

    private static ImmutableArray<string> Nearest(string word, IEnumerable<string> known) => NearestStepNames.To(word, known, max: 1);

    private static string Guess(ImmutableArray<string> nearest, string before) => nearest.IsEmpty ? "" : $" Did you mean `{before}{nearest[0]}`?";

    private static string PathOf(Command command) => command is RootCommand
        ? ""
        : string.Join(' ', command.Parents.OfType<Command>().Where(parent => parent is not RootCommand).Append(command).Select(part => part.Name));
}
