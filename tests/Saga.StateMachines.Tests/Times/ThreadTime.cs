using System.Diagnostics;
using System.Globalization;

namespace Saga.StateMachines.Tests.Times;

/// <summary>
/// The processor's time that this thread has had. It says how much work something is, on a busy machine as on a quiet one, where the time on the clock says
/// how much else there was to do.
/// </summary>
internal static class ThreadTime
{
    private const string Schedule = "/proc/thread-self/schedstat";

    /// <summary>How much it is until now. Where there is no such count, it is the time on the clock.</summary>
    public static TimeSpan Used => File.Exists(Schedule)
        ? TimeSpan.FromTicks(long.Parse(File.ReadAllText(Schedule).Split(' ')[0], CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick)
        : Stopwatch.GetElapsedTime(0);
}
