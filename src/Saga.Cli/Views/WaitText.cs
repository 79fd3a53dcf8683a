using System.Globalization;
using Saga.Cli.Api;

namespace Saga.Cli.Views;

/// <summary>What a node waits for, besides the answer of its step.</summary>
internal static class WaitText
{
    /// <summary>In a few words; nothing while its step works.</summary>
    public static string Of(Waiting? wait, DateTimeOffset now) => wait switch
    {
        { For: "retry", Until: { } next } => $"next attempt in {Took.Of(next - now)}",
        { For: "retry" } => "next attempt soon",
        { For: "moment", Until: { } end } => $"sleeps until {Moment(end, now)}",
        { For: "moment" } => "wakes up now",
        { For: "signal" } => $"waits for signal {Names(wait)}{(wait.Until is { } end ? $" until {Moment(end, now)}" : "")}",
        { For: "child" } => $"child run {wait.ChildRunId}",
        { For: "fault", Fault: { } fault } => $"could not be handled: {fault.Error} ({fault.Exception}, {wait.Attempt} times); "
            + (wait.Until is { } again ? $"handled again at {Moment(again, now)}" : $"given up, it is in {fault.Where}"),
        _ => "",
    };

    /// <summary>In a sentence, whatever it is.</summary>
    public static string Told(Waiting wait, DateTimeOffset now) => wait.For is "execute" or "compensate"
        ? $"{wait.Node}: {wait.Step} to {wait.For}, attempt {wait.Attempt}, since {Took.Between(wait.Since, null, now)}"
        : $"{wait.Node ?? wait.Fault?.Message}: {Of(wait, now)}";

    private static string Names(Waiting wait) => string.Join(wait.All ? " and " : " or ", wait.Signals ?? []);

    private static string Moment(DateTimeOffset moment, DateTimeOffset now)
    {
        DateTimeOffset utc = moment.ToUniversalTime();
        string shown = utc.ToString(utc.Date == now.UtcDateTime.Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return $"{shown} UTC (in {Took.Of(moment - now)})";
    }
}
