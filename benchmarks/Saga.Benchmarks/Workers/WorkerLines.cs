using System.Globalization;
using System.Text.Json;
using Saga.Benchmarks.Load;

namespace Saga.Benchmarks.Workers;

/// <summary>The lines a measured worker writes for whoever started it, and those it obeys.</summary>
internal static class WorkerLines
{
    /// <summary>Asks for a <see cref="WorkerSample"/>.</summary>
    public const string Sample = "sample";

    /// <summary>Asks to close idle database connections, whose server processes then hand in their statistics.</summary>
    public const string Disconnect = "disconnect";

    /// <summary>Says that the worker can be used.</summary>
    /// <param name="url">Where the worker answers HTTP, or null.</param>
    public static string Ready(string? url) => $"ready {url}";

    public static string Of(WorkerSample sample) => $"sample {JsonSerializer.Serialize(sample)}";

    public static string Of(EndedRun ended) => string.Create(CultureInfo.InvariantCulture, $"ended {ended.RunId} {ended.Status} {ended.Timestamp}");

    public static EndedRun ParseEnded(string text)
    {
        var words = text.Split(' ');
        return new EndedRun(Guid.Parse(words[0]), words[1], long.Parse(words[2], CultureInfo.InvariantCulture));
    }
}
