using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Saga.StateMachines.Persistence;

/// <summary>
/// The id of a child run: made of its parent and the node, so that starting it again starts the same run. The form is UUID version 8
/// (RFC 9562, section 5.8), with the first 122 bits of a SHA-256.
/// </summary>
public static class ChildRunId
{
    private const int GuidBytes = 16;

    /// <summary>The id of the child that the node at <paramref name="node"/> of <paramref name="parent"/> starts.</summary>
    public static Guid Of(Guid parent, int node)
    {
        Span<byte> seed = stackalloc byte[GuidBytes + sizeof(int)];
        parent.TryWriteBytes(seed, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(seed[GuidBytes..], node);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(seed, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..GuidBytes], bigEndian: true);
    }
}
