using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Saga.Consumers.Tests.Support;

/// <summary>Keeps what was logged, each line with the scope it was logged in.</summary>
internal sealed class LogRecorder : ILoggerProvider, ILogger
{
    private readonly AsyncLocal<string?> scope = new();

    public ConcurrentQueue<LoggedLine> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        scope.Value = state.ToString();
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(new LoggedLine(eventId.Id, logLevel, formatter(state, exception), scope.Value));

    public void Dispose()
    {
    }
}

internal sealed record LoggedLine(int EventId, LogLevel Level, string Text, string? Scope);
