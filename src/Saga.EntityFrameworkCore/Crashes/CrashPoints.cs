using System.Diagnostics;

namespace Saga.EntityFrameworkCore.Crashes;

/// <summary>
/// Kills this process at a boundary that a test has named, so that what a crash leaves there need not be hit by luck. Without the variable every hook is a
/// test of a constant, which the compiler leaves out.
/// </summary>
internal static class CrashPoints
{
    public const string Variable = "SAGA_CRASH_AT";

    private static readonly PlannedCrash? _planned = PlannedCrash.Parse(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The plan is to be killed within a transaction, so its commit must be a step of its own.</summary>
    public static bool LieBeforeCommit => _planned is { Point: CrashPoint.MidBatch or CrashPoint.BeforeCommit };

    /// <summary>Is killed here, if that is the plan.</summary>
    public static void Reach(CrashPoint point)
    {
        if (IsNow(point))
            Crash();
    }

    /// <summary>Whether this is where and when to <see cref="Crash"/>, for a boundary that lies within what is otherwise done at once.</summary>
    public static bool IsNow(CrashPoint point) => _planned is not null && _planned.IsNow(point);

    /// <summary>Ends the process as SIGKILL does: nothing is finished, flushed or told.</summary>
    public static void Crash()
    {
        Console.Error.WriteLine($"{Variable}: killed at {_planned}.");
        using var self = Process.GetCurrentProcess();
        self.Kill();

        // The signal is on its way, and this thread must get no further.
        Thread.Sleep(Timeout.Infinite);
    }
}
