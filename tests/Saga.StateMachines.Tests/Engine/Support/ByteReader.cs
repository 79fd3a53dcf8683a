namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>Reads choices from random bytes, one after the other; behind the end each choice is the simplest one.</summary>
internal sealed class ByteReader(byte[] bytes)
{
    private int _position;

    public bool IsAtEnd => _position >= bytes.Length;

    public byte Next() => IsAtEnd ? (byte)0 : bytes[_position++];

    /// <summary>A number from 0 until before <paramref name="end"/>.</summary>
    public int Below(int end) => Next() % end;

    /// <summary>True about once in <paramref name="times"/>, and never behind the end.</summary>
    public bool OnceIn(int times) => Next() % times == times - 1;
}
