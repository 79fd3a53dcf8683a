using System.Text.Json;
using System.Text.Json.Nodes;
using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

/// <summary>Holds the published schema and the reader together, from the outside: both must take the same properties and words.</summary>
public sealed class The_plan_schema
{
    private static readonly JsonObject _schema = JsonNode.Parse(PlanSchema.Json)!.AsObject();

    /// <summary>For each object of the schema a document around it.</summary>
    private static readonly Dictionary<string, string> _around = new(StringComparer.Ordinal)
    {
        ["plan"] = "@",
        ["node"] = """{"nodes":[@]}""",
        ["retry"] = """{"nodes":[{"name":"a","step":"x","retry":@}]}""",
        ["compensation"] = """{"nodes":[{"name":"a","step":"x","compensation":@}]}""",
        ["route"] = """{"nodes":[{"name":"a","route":@}]}""",
        ["case"] = """{"nodes":[{"name":"a","route":{"cases":[@]}}]}""",
        ["default"] = """{"nodes":[{"name":"a","route":{"cases":[{"when":true,"nodes":[{"name":"a","step":"x"}]}],"default":@}}]}""",
        ["map"] = """{"nodes":[{"name":"a","map":@}]}""",
        ["loop"] = """{"nodes":[{"name":"a","loop":@}]}""",
        ["sleep"] = """{"nodes":[{"name":"a","sleep":@}]}""",
        ["signal"] = """{"nodes":[{"name":"a","signal":@}]}""",
        ["child"] = """{"nodes":[{"name":"a","child":@}]}""",
        ["subsaga"] = """{"nodes":[{"name":"a","subsaga":@}]}""",
    };

    public static TheoryData<string> Objects => [.. _around.Keys];

    [Theory]
    [MemberData(nameof(Objects))]
    public void Names_the_properties_the_reader_knows(string definition)
    {
        string[] words = [.. _around.Keys.SelectMany(name => Properties(name).Select(property => property.Key)).Append("surprise").Distinct(StringComparer.Ordinal)];
        var known = words.Where(word => PlanReader.Read(With(definition, word, null)).Errors.All(error =>
            error.Code != "unknown_property" || error.Message.Contains("of a node with", StringComparison.Ordinal)));
        known.Order(StringComparer.Ordinal).ShouldBe(Properties(definition).Select(property => property.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void Names_the_words_the_reader_takes(string definition)
    {
        foreach (var property in Properties(definition).Where(property => property.Value!["enum"] is not null))
        {
            foreach (var word in property.Value!["enum"]!.AsArray())
                Codes(With(definition, property.Key, word)).ShouldNotContain("unknown_value");
            Codes(With(definition, property.Key, "surprise")).ShouldContain("unknown_value");
        }
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void Requires_what_the_reader_requires(string definition)
    {
        foreach (var name in ObjectOf(definition)["required"]?.AsArray() ?? [])
        {
            PlanReader.Read(JsonElement.Parse(_around[definition].Replace("@", "{}", StringComparison.Ordinal))).Errors
                .ShouldContain(error => (error.Code == "missing_property" || error.Code == "name_missing") && error.Message.Contains($"`{name}`", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Describes_everything() =>
        Everything(_schema).OfType<JsonObject>().SelectMany(one => one["properties"]?.AsObject() ?? []).Where(property => property.Value!["description"] is null && property.Value["$ref"] is null)
            .ShouldBeEmpty();

    [Fact]
    public void Takes_a_document_with_everything_as_written_and_as_stored()
    {
        var document = PlanReader.ToJson(Any_document_whatsoever.Good, out _)!.Value.GetRawText();
        _schema.Accepts(JsonNode.Parse(document)).ShouldBeTrue();
        _schema.Accepts(JsonNode.Parse(PlanReader.ReadText(document).Plan!.Json)).ShouldBeTrue();
    }

    [Fact]
    public void Takes_nothing_the_reader_refuses_for_its_form()
    {
        string[] beyond = ["cycle", "unknown_", "self_", "reference_", "ambiguous_", "compensation_", "invalid_reference", "invalid_interpolation", "computed_", "unknown_operator", "unresolved_", "extra_properties", "max_below"];
        foreach (var row in When_a_plan_is_refused.Documents)
        {
            var (text, problems) = row.Data;
            if (PlanReader.ToJson(text, out _) is not { } json || problems.Split(';').Any(problem => beyond.Any(one => problem.Contains(one, StringComparison.Ordinal)) || problem.Contains("duplicate_", StringComparison.Ordinal)))
                continue;
            if (!text.Contains("\\ud800", StringComparison.Ordinal) && !text.Contains("until: tomorrow", StringComparison.Ordinal))
                _schema.Accepts(JsonNode.Parse(json.GetRawText())).ShouldBeFalse(text);
        }
    }

    private static JsonElement With(string definition, string property, JsonNode? value)
    {
        var one = new JsonObject { [property] = value?.DeepClone() };
        return JsonElement.Parse(_around[definition].Replace("@", one.ToJsonString(), StringComparison.Ordinal));
    }

    private static IEnumerable<string> Codes(JsonElement document) => PlanReader.Read(document).Errors.Select(error => error.Code);

    private static JsonObject Properties(string definition) => ObjectOf(definition)["properties"]!.AsObject();

    // A sleep or a signal may also be text; the object is the second of the two.
    private static JsonNode ObjectOf(string definition) => _schema["$defs"]![definition]! is var found && found["properties"] is null ? found["oneOf"]![1]! : found;

    private static IEnumerable<JsonNode?> Everything(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Everything(member.Value)).Prepend(node),
        JsonArray elements => elements.SelectMany(Everything).Prepend(node),
        _ => [node],
    };
}
