namespace Saga.Cli.Api;

/// <summary>What the server said: the document for programs, and its meaning for people.</summary>
internal sealed record Answer<T>(string Json, T Value);
