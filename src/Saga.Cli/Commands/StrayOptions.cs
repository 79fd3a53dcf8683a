using System.CommandLine.Parsing;

namespace Saga.Cli.Commands;

/// <summary>A misspelt option would otherwise be taken for an argument: <c>start echo --inptu x</c> for three steps.</summary>
internal static class StrayOptions
{
    public static void Refuse(ArgumentResult argument, params IReadOnlyList<string> allowed)
    {
        string? stray = argument.Tokens.Select(token => token.Value).FirstOrDefault(value => value.StartsWith('-') && !allowed.Contains(value));
        if (stray is not null)
            argument.AddError($"There is no option {stray}.");
    }
}
