namespace Saga.Cli.Api;

/// <summary>The statuses of a run that the command line acts on.</summary>
internal static class RunStatus
{
    public const string Completed = "completed";
    public const string RolledBack = "rolled_back";
    public const string Failed = "failed";
    public const string Stuck = "stuck";

    /// <summary>Those that a run of this release can have, for lists to be filtered by.</summary>
    public static IReadOnlyList<string> All { get; } = ["pending", "running", "compensating", Completed, RolledBack, Failed];

    /// <summary>Nothing more happens by itself: a stuck run waits for an operator.</summary>
    public static bool IsEnd(string status) => status is Completed or RolledBack or Failed or Stuck;

    /// <summary>The exit code for a run that was meant to end in <paramref name="wanted"/>.</summary>
    public static int ExitCodeOf(string status, string wanted) => status switch
    {
        _ when status == wanted => ExitCode.Done,
        RolledBack => ExitCode.RolledBack,
        Failed => ExitCode.Failed,
        Stuck => ExitCode.Stuck,
        _ => ExitCode.Error,
    };
}
