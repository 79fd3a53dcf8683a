namespace Saga.Benchmarks.Workers;

/// <summary>A folder for databases and logs that goes with the measurement.</summary>
internal sealed class ScratchFolder : IAsyncDisposable
{
    public DirectoryInfo Directory { get; } = System.IO.Directory.CreateTempSubdirectory("saga-benchmark-");

    public ValueTask DisposeAsync()
    {
        Directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
