using System.CommandLine;

namespace Saga.Cli.Commands;

/// <summary>The argument that names a run.</summary>
internal static class RunArgument
{
    public static Argument<string> Create() =>
        new("run") { Description = "The id of the run, the beginning of it, key:KEY, or - for the last one started." };
}
