using System.CommandLine;

namespace Saga.Cli;

/// <summary>Takes the words after <c>saga</c>, runs the command they name, and says how it went.</summary>
internal static class CommandLine
{
    public static async Task<int> InvokeAsync(IReadOnlyList<string> args, Surroundings surroundings, CancellationToken cancellation)
    {
        ParseResult parsed = new SagaCommand(surroundings).Parse(
            args.Count == 0 ? ["--help"] : args,
            // `@file` is the input's own notation, so nothing may replace it before.
            new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });

        if (Usage.ProblemOf(parsed) is { } problem)
        {
            await surroundings.Error.WriteLineAsync(args.Contains("--json") ? problem.ToJson() : surroundings.Told(problem));
            return ExitCode.WrongUsage;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = surroundings.Out,
                Error = surroundings.Error,
                EnableDefaultExceptionHandler = false,
                // The process listens to signals itself and passes them on as cancellation.
                ProcessTerminationTimeout = null,
            },
            cancellation);
    }
}
