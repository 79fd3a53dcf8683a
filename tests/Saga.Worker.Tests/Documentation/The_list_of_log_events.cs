using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Documentation;

public sealed partial class The_list_of_log_events
{
    private const string File = "docs/operations/log-events.md";

    private static readonly List<(int Id, string Level, string Text)> _inCode =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file => Path.GetFileName(file) is var name && (name == "saga.dll" || name.StartsWith("Saga.", StringComparison.Ordinal)))
            .Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal))
            .SelectMany(file => Assembly.LoadFrom(file).GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .Select(message => (message.EventId, message.Level.ToString(), message.Message))
            .Order(),
    ];

    [Fact]
    public void Has_every_event_as_the_code_has_it()
    {
        var listed = Row().Matches(Page.At(File).Prose)
            .Select(row => (int.Parse(row.Groups["id"].ValueSpan), row.Groups["level"].Value, row.Groups["text"].Value)).ToList();

        _inCode.Count.ShouldBeGreaterThan(10);
        _inCode.Except(listed).ShouldBeEmpty($"Add these events to {File}, with what to do.");
        listed.Except(_inCode).ShouldBeEmpty($"{File} lists events that the code does not have.");
    }

    [Fact]
    public void Is_of_events_with_ids_of_their_own() => _inCode.Select(message => message.Id).ShouldBeUnique();

    [GeneratedRegex(@"^\| (?<id>\d+) \| (?<level>\w+) \| (?<text>.+?) \| .+ \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Row();
}
