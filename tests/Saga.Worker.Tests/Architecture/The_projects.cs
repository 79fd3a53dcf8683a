using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Architecture;

public sealed class The_projects
{
    private static readonly Dictionary<string, string[]> _allowed = new(StringComparer.Ordinal)
    {
        ["Contracts"] = [],
        ["Saga.EntityFrameworkCore"] = [],
        ["Saga.StateMachines"] = ["Contracts", "Saga.EntityFrameworkCore"],
        ["Saga.Consumers"] = ["Contracts"],
        ["Saga.Worker"] = ["Contracts", "Saga.Consumers", "Saga.EntityFrameworkCore", "Saga.StateMachines"],
        ["Saga.Cli"] = ["Contracts", "Saga.Worker"],
    };

    public static TheoryData<string> Projects() => [.. Directory.GetDirectories(Source).Select(folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Refer_only_to_those_the_design_allows(string project)
    {
        _allowed.ShouldContainKey(project, "The design knows no such project.");
        References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).ShouldBe(_allowed[project], ignoreOrder: true);
    }

    [Fact]
    public void Keep_the_contracts_free_of_packages() => References("Contracts", "PackageReference").ShouldBeEmpty();

    // The engine is pure: what it needs is handed to it.
    [Theory]
    [InlineData("MassTransit")]
    [InlineData("Microsoft.EntityFrameworkCore")]
    [InlineData("TimeProvider")]
    [InlineData("UtcNow")]
    [InlineData("Guid.NewGuid")]
    [InlineData("async ")]
    public void Keep_the_engine_and_the_plans_free_of(string word)
    {
        var files = Files("Saga.StateMachines/Engine").Concat(Files("Saga.StateMachines/Plans")).ToList();

        files.Count.ShouldBeGreaterThan(10);
        files.Where(file => File.ReadAllText(file).Contains(word, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Keep_their_files_short() =>
        Files("").Where(file => !file.Contains("/Migrations/", StringComparison.Ordinal) && File.ReadLines(file).Count() > 250).ShouldBeEmpty();

    private static string Source { get; } = Path.Combine(RepositoryRoot(), "src");

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Source, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal));

    private static IEnumerable<string> References(string project, string element)
    {
        var file = Directory.GetFiles(Path.Combine(Source, project), "*.csproj").ShouldHaveSingleItem();
        return XDocument.Load(file).Descendants(element).Select(reference => reference.Attribute("Include")!.Value);
    }

    private static string RepositoryRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
