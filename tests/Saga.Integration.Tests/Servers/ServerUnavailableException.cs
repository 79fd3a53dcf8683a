namespace Saga.Integration.Tests.Servers;

/// <summary>A server that tests wanted to start is not installed on this machine.</summary>
public sealed class ServerUnavailableException(string message) : Exception(message);
