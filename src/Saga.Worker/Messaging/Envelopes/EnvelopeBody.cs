using System.Runtime.Serialization;
using System.Text;
using MassTransit;

namespace Saga.Worker.Messaging.Envelopes;

/// <summary>A message and its envelope. They are written when somebody wants the bytes: until then the context may still be filled in.</summary>
internal sealed class EnvelopeBody<T>(SendContext<T> context, TimeProvider clock) : MessageBody
    where T : class
{
    private byte[]? _bytes;

    public long? Length => _bytes?.Length;

    public byte[] GetBytes() => _bytes ??= Write();

    public Stream GetStream() => new MemoryStream(GetBytes(), writable: false);

    public string GetString() => Encoding.UTF8.GetString(GetBytes());

    private byte[] Write()
    {
        try
        {
            return EnvelopeWriter.Write(context, context.Message, clock);
        }
        catch (Exception exception)
        {
            throw new SerializationException($"A {typeof(T).Name} cannot be sent as JSON: {exception.Message}", exception);
        }
    }
}
