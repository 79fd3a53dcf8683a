using Saga.Cli.Api;

namespace Saga.Cli;

/// <summary>A command that cannot go on: what to tell, and how to exit.</summary>
internal sealed class CommandFailedException(Problem problem, int exitCode = ExitCode.Error) : Exception(problem.ToString())
{
    public Problem Problem { get; } = problem;

    public int Code { get; } = exitCode;

    public static CommandFailedException WrongUsage(string title, string? detail = null) =>
        new(new Problem { Title = title, Detail = detail }, ExitCode.WrongUsage);
}
