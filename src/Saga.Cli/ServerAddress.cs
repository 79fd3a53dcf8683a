namespace Saga.Cli;

/// <summary>Where the server is: <c>--url</c>, else <c>SAGA_URL</c>, else this machine.</summary>
internal static class ServerAddress
{
    public const string Default = "http://127.0.0.1:5080";

    public static Uri Resolve(string? option, string? variable)
    {
        string text = option ?? variable ?? Default;

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw CommandFailedException.WrongUsage(
                $"`{text}` is not the address of a server.",
                $"{(option is null ? "SAGA_URL" : "--url")} must be an http or https address such as {Default}.");
        }

        // Without the slash, a server behind a path prefix would lose its last segment when paths are appended.
        return address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
    }
}
