namespace Saga.Cli;

/// <summary>The connection to a server.</summary>
internal static class Transport
{
    // A proxy from the environment is for the outside world; asked for 127.0.0.1 it would look on its own machine.
    public static HttpMessageHandler To(Uri server) => new SocketsHttpHandler
    {
        UseProxy = !server.IsLoopback,
        ConnectTimeout = TimeSpan.FromSeconds(5),
    };
}
