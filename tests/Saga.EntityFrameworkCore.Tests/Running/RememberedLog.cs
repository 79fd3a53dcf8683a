using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>Remembers the id of every log entry.</summary>
internal sealed class RememberedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<int> _entries = new();

    public IReadOnlyCollection<int> Entries => _entries;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue(eventId.Id);

    public void Dispose()
    {
        // Nothing to let go of.
    }
}
