using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Saga.Worker.Api;

/// <summary>Reads the bytes of a body that may have a certain number of them.</summary>
internal static class LimitedBody
{
    // What is read of a body that is refused. Many programs send all of it before they look for an answer, and would find a broken connection instead.
    private const long MaxDiscarded = 256 * 1024 * 1024;

    private const int ChunkSize = 16 * 1024;

    /// <summary>The bytes; null when there are more than may be.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext http, BodyLimit limit)
    {
        // The web server's own limit, one for all requests, ends the connection of a body that has more.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;

        using var body = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        long length = 0;
        try
        {
            int read;
            while (length <= MaxDiscarded && (read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
            {
                length += read;
                if (length <= limit.Bytes)
                    await body.WriteAsync(chunk.AsMemory(0, read), http.RequestAborted);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        // A bare null would become an empty memory here.
        return length > limit.Bytes ? default(ReadOnlyMemory<byte>?) : body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
