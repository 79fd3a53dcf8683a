using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Saga.StateMachines.Tests.StateMachine.Support;

/// <summary>Remembers every line of the log with the id of its event.</summary>
internal sealed class RememberedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(int Event, string Text)> _lines = new();

    /// <summary>The lines of an event, in their order.</summary>
    public IEnumerable<string> LinesOf(int id) => _lines.Where(line => line.Event == id).Select(line => line.Text);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, formatter(state, exception)));

    public void Dispose()
    {
        // Nothing to let go of.
    }
}
