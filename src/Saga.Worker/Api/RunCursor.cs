using System.Globalization;
using Saga.StateMachines.Persistence;

namespace Saga.Worker.Api;

/// <summary>Where a page of runs ended.</summary>
/// <param name="CreatedAt">When the last run of the page was accepted.</param>
/// <param name="Id">Its id.</param>
internal sealed record RunCursor(DateTimeOffset CreatedAt, Guid Id)
{
    public static RunCursor Of(Run run) => new(run.CreatedAt, run.CorrelationId);

    public static bool TryParse(string text, out RunCursor? cursor)
    {
        var parts = text.Split('_');
        cursor = parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
            && Guid.TryParse(parts[1], out var id)
                ? new RunCursor(new DateTimeOffset(ticks, TimeSpan.Zero), id)
                : null;
        return cursor is not null;
    }

    public override string ToString() => $"{CreatedAt.UtcTicks}_{Id:N}";
}
