using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Saga.Benchmarks.Reports;

/// <summary>How a report leaves the program.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Prints it, and says on the standard error what is wrong with it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> PrintAsync<T>(T report, bool passed, string whatFailed)
    {
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, _options));
        if (passed)
            return 0;
        await Console.Error.WriteLineAsync($"failed: {whatFailed}");
        return 1;
    }
}
