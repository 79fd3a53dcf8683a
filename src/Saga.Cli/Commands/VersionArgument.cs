using System.CommandLine;

namespace Saga.Cli.Commands;

/// <summary>The version of a definition.</summary>
internal static class VersionArgument
{
    public static void Check(Option<int?> version) => version.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && !IsVersion(text))
            result.AddError($"--version is `{text}`. It must be a number from 1.");
    });

    public static Argument<int> Create()
    {
        var version = new Argument<int>("version") { Description = "Its version, from 1. A version never changes." };
        version.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !IsVersion(text))
                result.AddError($"The version is `{text}`. It must be a number from 1.");
        });
        return version;
    }

    private static bool IsVersion(string text) => int.TryParse(text, out int version) && version >= 1;
}
