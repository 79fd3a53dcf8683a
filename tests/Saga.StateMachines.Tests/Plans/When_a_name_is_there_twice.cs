using System.Text.Json;
using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

/// <summary>JSON allows a name twice in one object, and its readers disagree about which counts. A plan has none such, anywhere.</summary>
public sealed class When_a_name_is_there_twice
{
    [Theory]
    [InlineData("""{"name":"a","step":"x","step":"y"}""", "step")]
    [InlineData("""{"name":"a","step":"x","x":1,"x":2}""", "x")]
    [InlineData("""{"name":"a","constant":{"k":1,"k":2}}""", "constant/k")]
    [InlineData("""{"name":"a","constant":[{"b":[{"k":1,"k":1}]}]}""", "constant/0/b/0/k")]
    [InlineData("""{"name":"a","step":"x","input":{"k":1,"k":2}}""", "input/k")]
    [InlineData("""{"name":"a","step":"x","input":{"$literal":{"k":1,"k":2}}}""", "input/$literal/k")]
    [InlineData("""{"name":"a","step":"x","input":{"$literal":1,"$literal":2}}""", "input/$literal")]
    [InlineData("""{"name":"a","step":"x","input":{"$logic":1,"$logic":2}}""", "input/$logic")]
    [InlineData("""{"name":"a","step":"x","input":{"$ref":"input","$ref":"context"}}""", "input/$ref")]
    [InlineData("""{"name":"a","step":"x","input":{"$ref":"input","\u0024ref":"context"}}""", "input/$ref")]
    [InlineData("""{"name":"a","step":"x","input":{"$ref":"input","default":1,"default":2}}""", "input/default")]
    [InlineData("""{"name":"a","step":"x","input":{"$ref":"input","default":{"k":1,"k":2}}}""", "input/default/k")]
    [InlineData("""{"name":"a","step":"x","input":{"$logic":{"var":"input.a","var":"input.b"}}}""", "input/$logic/var")]
    [InlineData("""{"name":"a","step":"x","input":{"$logic":{"==":[{"k":1,"k":2},{"$ref":"input","default":{"j":1,"j":2}}]}}}""", "input/$logic/==/0/k", "input/$logic/==/1/default/j")]
    [InlineData("""{"name":"a","signal":{"name":"s","timeout":"PT1S","onTimeout":"default","default":{"k":1,"k":2}}}""", "signal/default/k")]
    [InlineData("""{"name":"a","step":"x","compensation":{"input":{"k":1,"k":2}}}""", "compensation/input/k")]
    [InlineData("""{"name":"a","route":{"cases":[{"when":{"==":[{"k":1,"k":2},1]},"nodes":[{"name":"b","step":"x"}]}]}}""", "route/cases/0/when/==/0/k")]
    [InlineData("""{"name":"a","loop":{"until":{"!":[{"k":1,"k":2}]},"nodes":[{"name":"b","step":"x"}]}}""", "loop/until/!/0/k")]
    [InlineData("""{"name":"a","step":"x","input":{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"e":2}}""", "input/e")]
    public void It_is_an_error_in_json_and_yaml_as_text_and_as_json(string node, params string[] places)
    {
        var text = $"{{\"nodes\":[{node}]}}";
        var pointers = places.Select(place => $"/nodes/0/{place}").ToArray();
        Duplicates(PlanReader.ReadText(text)).ShouldBe(pointers);
        Duplicates(PlanReader.ReadText($"---\n{text}")).ShouldBe(pointers);
        Duplicates(PlanReader.Read(JsonElement.Parse(text))).ShouldBe(pointers);
    }

    private static string[] Duplicates(PlanResult result)
    {
        result.Plan.ShouldBeNull();
        return [.. result.Errors.Where(error => error.Code == "duplicate_property").Select(error => error.Pointer)];
    }
}
