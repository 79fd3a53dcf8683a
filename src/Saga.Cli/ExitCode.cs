namespace Saga.Cli;

/// <summary>What the command line tells the shell. Scripts rely on these numbers, so they never change their meaning.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Error = 1;
    public const int WrongUsage = 2;
    public const int RolledBack = 3;
    public const int Failed = 4;
    public const int Stuck = 5;

    /// <summary>128 + SIGINT, as shells report an interrupted command.</summary>
    public const int Interrupted = 130;

    public const string Explained = """
        Exit codes:
          0    done; with --watch and --wait: the run ended as asked
          1    error, for example no server or an unknown run
          2    wrong usage
          3    the run ended rolled_back
          4    the run ended failed: something could not be compensated
          5    reserved: the run is stuck and needs an operator
          130  interrupted; the run goes on
        """;
}
