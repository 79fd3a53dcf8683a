using FsCheck;
using FsCheck.Fluent;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>FsCheck for xunit v3: throws with the smallest counterexample. FsCheck's own adapter is for xunit v2.</summary>
internal static class Property
{
    // The length of arrays: long enough for plans of dozens of nodes and stories in which they all run.
    private const int LargestSize = 250;

    /// <summary>How many examples are tried: more than the usual 500 when somebody has the time.</summary>
    private static readonly int _examples = int.TryParse(Environment.GetEnvironmentVariable("SAGA_PROPERTY_EXAMPLES"), out var number) ? number : 500;

    public static void HoldsFor<T>(Action<T> law) => HoldsFor(ArbMap.Default.ArbFor<T>(), law);

    public static void HoldsFor<T>(Arbitrary<T> values, Action<T> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(_examples).WithEndSize(LargestSize).WithQuietOnSuccess(true), Prop.ForAll(values, law));
}
