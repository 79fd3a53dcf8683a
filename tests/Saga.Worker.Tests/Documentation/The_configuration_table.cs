using System.Text.RegularExpressions;
using Saga.StateMachines.Starting;
using Saga.StateMachines.Waking;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Documentation;

public sealed partial class The_configuration_table
{
    // What every shell sets, not settings of this product.
    private static readonly string[] _ofTheShell = ["HOME", "TERM", "COLUMNS"];

    [Fact]
    public void Names_every_setting_the_code_reads()
    {
        var code = string.Concat(Page.FilesIn(Path.Combine(Page.Root, "src"), "*.cs").Select(File.ReadAllText));
        var settings = SettingKey().Matches(code).Select(key => $"{key.Groups["section"].Value}__{key.Groups["name"].Value}")
            .Concat(typeof(RunOptions).GetProperties().Select(option => $"Saga__{option.Name}"))
            .Concat(typeof(WakeOptions).GetProperties().Select(option => $"Saga__Waking__{option.Name}"))
            .Concat(Variable().Matches(code).Select(variable => variable.Groups["name"].Value))
            .Except(_ofTheShell, StringComparer.Ordinal)
            .ToList();
        var readme = Page.At("README.md").Text;

        settings.ShouldContain("Saga__Roles");
        settings.ShouldContain("SAGA_URL");
        // A section, whose settings are named above.
        settings.Remove("Saga__Waking").ShouldBeTrue();
        settings.Where(setting => !readme.Contains($"`{setting}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [GeneratedRegex("\"(?<section>ConnectionStrings|Saga):(?<name>\\w+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SettingKey();

    [GeneratedRegex("Variable\\(\"(?<name>\\w+)\"\\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Variable();
}
