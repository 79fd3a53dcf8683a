namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>
/// Random bytes that stand for a graph, the behaviour of its steps, and what happens when. FsCheck shortens the arrays of a failing tape and
/// so finds the smallest plan and the shortest story by itself.
/// </summary>
internal sealed record Tape(byte[] Shape, byte[] Behaviours, byte[] Story)
{
    /// <summary>The byte at a position, from the start again behind the end.</summary>
    public static byte At(byte[] bytes, int position) => bytes.Length == 0 ? (byte)0 : bytes[position % bytes.Length];

    public override string ToString() => $"shape [{string.Join(' ', Shape)}] behaviours [{string.Join(' ', Behaviours)}] story [{string.Join(' ', Story)}]";
}
