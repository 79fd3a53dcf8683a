using Saga.Cli.Api;

namespace Saga.Cli.Watching;

/// <summary>A look at a watched run: the newest answer, and what keeps the server from giving a newer one.</summary>
internal sealed record Sighting(Answer<Run> Answer, Problem? Trouble);
