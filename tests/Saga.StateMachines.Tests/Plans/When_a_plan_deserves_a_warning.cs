using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

public sealed class When_a_plan_deserves_a_warning
{
    [Theory]
    [InlineData("nodes:\n- { name: a, step: x, compensation: irreversible }\n- { name: w, sleep: PT1S, dependsOn: [a] }\n- { name: b, step: x, dependsOn: [w] }", "2 /nodes/0 irreversible_then_fallible")]
    [InlineData("nodes:\n- { name: a, step: x, compensation: irreversible }\n- { name: m, dependsOn: [a], map: { over: [1], nodes: [{ name: i, step: x }] } }", "2 /nodes/0 irreversible_then_fallible")]
    [InlineData("nodes:\n- name: r\n  route: { cases: [{ when: { var: input }, nodes: [{ name: a, step: x, compensation: irreversible }] }] }\n- { name: b, child: { kind: k }, dependsOn: [r] }", "3 /nodes/0/route/cases/0/nodes/0 irreversible_then_fallible")]
    [InlineData("nodes:\n- { name: b, step: x }\n- { name: a, step: x, compensation: irreversible, dependsOn: [b] }\n- { name: w, sleep: PT1S, dependsOn: [a] }", "")]
    [InlineData("nodes:\n- name: r\n  route:\n    cases:\n    - { when: true, nodes: [{ name: a, step: x }] }\n    - { when: { var: input }, nodes: [{ name: a, step: x }] }\n    default: { nodes: [{ name: a, step: x }] }", "6 /nodes/0/route/cases/1 unreachable;7 /nodes/0/route/default unreachable")]
    [InlineData("nodes: [{ name: r, route: { cases: [{ when: 0, nodes: [{ name: a, step: x }] }, { when: [], nodes: [{ name: a, step: x }] }, { when: '0', nodes: [{ name: a, step: x }] }] } }]", "1 /nodes/0/route/cases/0 unreachable;1 /nodes/0/route/cases/1 unreachable;1 /nodes/0/route/cases/2/when looks_like_reference")]
    [InlineData("nodes: [{ name: m, map: { over: [], nodes: [{ name: a, step: x }] } }]", "1 /nodes/0/map/nodes unreachable")]
    [InlineData("nodes: [{ name: r, route: { cases: [{ when: { var: input }, nodes: [{ name: a, step: x }] }] } }, { name: b, step: x, dependsOn: [r], compensation: { input: { $ref: r/id } } }]", "1 /nodes/1/compensation/input/$ref compensation_reads_what_may_not_exist")]
    [InlineData("nodes: [{ name: r, route: { cases: [{ when: { var: input }, nodes: [{ name: a, step: x }] }] } }, { name: b, step: x, dependsOn: [r], compensation: { input: { $ref: r/id, default: 1 } } }]", "")]
    public void It_is_accepted_all_the_same(string document, string warnings)
    {
        var result = PlanReader.ReadText(document);
        result.IsAccepted.ShouldBeTrue();
        result.Errors.ShouldBeEmpty();
        result.Warnings.Select(warning => $"{warning.Line} {warning.Pointer} {warning.Code}").ShouldBe(warnings.Split(';', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    [Fact]
    public void A_compensation_may_read_what_an_outer_node_comes_after() =>
        PlanReader.ReadText("""
            nodes:
              - { name: a, step: x }
              - { name: b, step: x, dependsOn: [a] }
              - { name: m, map: { over: [1], nodes: [{ name: i, step: x, compensation: { input: { $ref: a } } }] }, dependsOn: [b] }
            """).Warnings.ShouldBeEmpty();
}
