using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Saga.Worker.Api;

/// <summary>
/// Reads the names in a path as they were sent. The server decodes a path but for <c>%2F</c>, which would split it, and so leaves it open
/// whether that was sent or <c>%252F</c>; a key such as <c>ORDER/42</c> could not be named.
/// </summary>
internal static class PathNames
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void UsePathNames(this WebApplication app) => app.Use((http, next) =>
        http.GetEndpoint() is RouteEndpoint endpoint && Unreadable(http, endpoint.RoutePattern) is { } segment
            ? Problems.BadPath(segment).ExecuteAsync(http)
            : next(http));

    /// <summary>Takes the values of the route over from the request's target; gives the first that cannot be read, or null.</summary>
    private static string? Unreadable(HttpContext http, RoutePattern pattern)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (target is null || !target.Contains('%', StringComparison.Ordinal))
            return null;

        var segments = SegmentsOf(target);
        foreach (var (part, sent) in pattern.PathSegments.Zip(segments))
        {
            if (part is not { IsSimple: true, Parts: [RoutePatternParameterPart parameter] })
                continue;
            if (Decoded(sent) is not { } name)
                return sent;
            http.Request.RouteValues[parameter.Name] = name;
        }

        return null;
    }

    /// <summary>The segments that the server matched: without those that are dots, however they were written.</summary>
    private static List<string> SegmentsOf(string target)
    {
        // A proxy may send the whole address in place of the path.
        var start = target.StartsWith('/') ? 0 : target.IndexOf('/', target.IndexOf("://", StringComparison.Ordinal) + 3);
        var path = target[start..].Split('?', 2)[0];
        var segments = new List<string>();
        foreach (var segment in path.Split('/').Skip(1))
        {
            var dots = segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase);
            if (dots == ".." && segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            else if (dots is not ("." or ".."))
                segments.Add(segment);
        }

        return segments;
    }

    private static string? Decoded(string segment)
    {
        var bytes = new List<byte>(segment.Length);
        var i = 0;
        while (i < segment.Length)
        {
            if (segment[i] != '%')
            {
                bytes.Add((byte)segment[i]);
                i++;
            }
            else if (i + 2 < segment.Length && byte.TryParse(segment.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 3;
            }
            else
            {
                return null;
            }
        }

        try
        {
            return _utf8.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
