using Saga.Contracts;

namespace Saga.Benchmarks.Load;

/// <summary>A way to ask for a run.</summary>
internal interface IRunStarter : IAsyncDisposable
{
    Task StartAsync(StartProvisioning start, CancellationToken cancellation);
}
