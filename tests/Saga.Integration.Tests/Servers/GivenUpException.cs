namespace Saga.Integration.Tests.Servers;

/// <summary>What is waited for cannot come any more, so there is no use in looking on.</summary>
public sealed class GivenUpException(string message) : Exception(message);
