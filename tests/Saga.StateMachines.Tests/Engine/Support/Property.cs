using FsCheck;
using FsCheck.Fluent;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>FsCheck for xunit v3: throws with the smallest counterexample. FsCheck's own adapter is for xunit v2.</summary>
internal static class Property
{
    public static void HoldsFor<T>(Action<T> law) => HoldsFor(ArbMap.Default.ArbFor<T>(), law);

    public static void HoldsFor<T>(Arbitrary<T> values, Action<T> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true), Prop.ForAll(values, law));
}
