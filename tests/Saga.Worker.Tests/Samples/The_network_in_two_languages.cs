using Definitions;
using Saga.StateMachines.Plans;
using Saga.Worker.Tests.Documentation;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Samples;

public sealed class The_network_in_two_languages
{
    private readonly Plan _yaml = Accepted(PlanReader.ReadText(File.ReadAllText(Path.Combine(Page.Root, "samples", "network.yaml"))));
    private readonly Plan _code = Accepted(PlanReader.Read(new Network().Document));

    [Fact]
    public void Has_the_same_nodes_that_depend_on_the_same() => Nodes(_code).ShouldBe(Nodes(_yaml));

    [Fact]
    public void Executes_the_same_steps_with_the_same_input() => Inputs(_code).ShouldBe(Inputs(_yaml));

    [Fact]
    public void Returns_the_same() => Told(_code.Output).ShouldBe(Told(_yaml.Output));

    private static Plan Accepted(PlanResult read)
    {
        read.Errors.ShouldBeEmpty();
        return read.Plan!;
    }

    private static IEnumerable<string> Nodes(Plan plan) => plan.Graphs.SelectMany(graph => graph.Nodes.Select(node =>
        $"{graph.Id} {node.Name} {node.Kind} {(node as StepNode)?.Step} after {string.Join(", ", node.DependsOn.Select(index => graph.Nodes[index].Name))}"))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Inputs(Plan plan) => plan.Graphs.SelectMany(graph => graph.Nodes.OfType<StepNode>())
        .Select(node => $"{node.Name} {Told(node.Input)}").Order(StringComparer.Ordinal);

    private static string Told(Template? template) => template switch
    {
        null => "",
        Template.Literal literal => literal.Value.GetRawText(),
        Template.Reference reference => $"{{{reference.Written}}}",
        Template.Interpolation text => string.Concat(text.Parts.Select(Told)),
        Template.Members members => string.Join(", ", members.Items.Select(item => $"{item.Key}: {Told(item.Value)}")),
        _ => template.ToString(),
    };
}
