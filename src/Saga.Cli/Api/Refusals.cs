using System.Text.Json;

namespace Saga.Cli.Api;

/// <summary>What to tell about an answer that is not the one asked for.</summary>
internal static class Refusals
{
    public static Problem Unreachable(Uri server, string cause) => new()
    {
        Title = $"No saga server answers at {Shown(server)} ({cause.TrimEnd('.')}).",
        Detail = "Start one with `saga server`, or set SAGA_URL or --url to where it is.",
        Unreachable = true,
    };

    public static Problem NotASagaServer(Uri server, HttpResponseMessage response) => new()
    {
        Title = $"What answers at {Shown(server)} is not a saga server: "
            + $"{(int)response.StatusCode} with {response.Content.Headers.ContentType?.MediaType ?? "no content"}.",
        Detail = "Set SAGA_URL or --url to where the saga server is.",
    };

    /// <summary>The server's own problem details, or, where something else answered, what is known.</summary>
    public static Problem Read(string text, HttpResponseMessage response, Uri server)
    {
        try
        {
            Problem? problem = JsonSerializer.Deserialize<Problem>(text, Json.Compact);
            if (problem is { Title: not null } or { Detail: not null })
                return problem with { Raw = text, Status = problem.Status ?? (int)response.StatusCode };
        }
        catch (JsonException)
        {
            // A proxy or another program answered; what it said is no use to the caller.
        }

        return new Problem
        {
            Title = $"{Shown(server)} answered {(int)response.StatusCode} ({response.ReasonPhrase}) without saying why.",
            Detail = "Its log may tell. If that is not a saga server, set SAGA_URL or --url to where it is.",
            Status = (int)response.StatusCode,
        };
    }

    private static string Shown(Uri server) => server.AbsoluteUri.TrimEnd('/');
}
