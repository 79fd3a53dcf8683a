namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>Holds the next commit until it is released, and those after it.</summary>
internal sealed class HeldCommit : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _released = new();

    public HeldCommit(Traffic traffic) => traffic.OnCommit = () =>
    {
        _reached.TrySetResult();
        _released.Wait();
    };

    public Task Reached => _reached.Task;

    public void Release() => _released.Set();

    public void Dispose() => _released.Dispose();
}
