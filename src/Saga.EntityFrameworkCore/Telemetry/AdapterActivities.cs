using System.Diagnostics;
using Saga.EntityFrameworkCore.Batching;

namespace Saga.EntityFrameworkCore.Telemetry;

/// <summary>The spans of work that many messages share. Each is a root: it is nobody's child, and links to the messages it is for.</summary>
internal static class AdapterActivities
{
    private static readonly ActivitySource _source = new(AdapterTelemetry.Name);

    /// <summary>The span of the message that is being handled, if anybody listens to what will link to it.</summary>
    public static ActivityContext Current => _source.HasListeners() && Activity.Current is { } current ? current.Context : default;

    /// <summary>Begins a span for writing a batch.</summary>
    /// <param name="messages">What the messages changed.</param>
    public static Activity? StartBatch(IReadOnlyCollection<PendingSave> messages)
    {
        // It may run in the flow of the first message of all, which ended long ago.
        Activity.Current = null;
        if (!_source.HasListeners())
            return null;

        var links = messages.Where(message => message.Origin != default).Select(message => new ActivityLink(message.Origin));
        return _source.StartActivity("saga.batch.write", ActivityKind.Client, parentContext: default, links: links)
            ?.SetTag("saga.batch.messages", messages.Count);
    }

    /// <summary>Begins a span for delivering what a sweep took.</summary>
    public static Activity? StartSweep(int rows) => _source.StartActivity("saga.outbox.sweep", ActivityKind.Producer)?.SetTag("saga.outbox.rows", rows);
}
