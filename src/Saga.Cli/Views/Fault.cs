using System.Text.Json;
using Saga.Cli.Api;

namespace Saga.Cli.Views;

/// <summary>An error as a step reported it, in a sentence.</summary>
internal static class Fault
{
    public static string Of(JsonElement? error)
    {
        if (error is not { } fault)
            return "";

        if (fault.ValueKind == JsonValueKind.String)
            return fault.GetString()!;

        string? code = Member(fault, "code");
        string? message = Member(fault, "message");
        return (code, message) switch
        {
            (null, null) => Json.OnOneLine(fault),
            (_, null) => code,
            (null, _) => message,
            _ => $"{code}: {message}",
        };
    }

    private static string? Member(JsonElement fault, string name) =>
        fault.ValueKind == JsonValueKind.Object && fault.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;
}
