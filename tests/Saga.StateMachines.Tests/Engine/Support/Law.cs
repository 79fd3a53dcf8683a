namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>Something that holds for every run, whatever its plan is, whatever happens, in whatever order, how often, and whoever interferes.</summary>
internal static class Law
{
    public static void Always(Action<History> law) =>
        Property.HoldsFor<(byte[] Shape, byte[] Behaviours, byte[] Story)>(random =>
            law(RandomWorld.Play(new Tape(random.Shape, random.Behaviours, random.Story))));

    /// <summary>The same where steps succeed, or fail and take it back: successes come late in most walks back.</summary>
    public static void AlwaysWithLatecomers(Action<History> law) =>
        Property.HoldsFor<(byte[] Shape, byte[] Behaviours, byte[] Story)>(random =>
            law(RandomWorld.Play(new Tape(random.Shape, [.. random.Behaviours.Select(RandomWorkers.SucceedsOrSucceedsLate)], random.Story), isSequential: true)));
}
