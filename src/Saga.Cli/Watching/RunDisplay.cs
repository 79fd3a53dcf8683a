using Saga.Cli.Api;

namespace Saga.Cli.Watching;

/// <summary>Shows a run while it moves, and returns it as it was seen last.</summary>
internal delegate Task<Run> RunDisplay(IAsyncEnumerable<Sighting> sightings);
