using Saga.StateMachines.Plans;
using Shouldly;

namespace Saga.StateMachines.Tests.Pictures;

/// <summary>A plan with every kind of node.</summary>
internal static class Example
{
    public static Plan Plan { get; } = Read("""
        name: every "kind" \ of node
        nodes:
          - { name: zones, constant: [a, b] }
          - { name: cool-down, sleep: PT1S, dependsOn: [zones] }
          - name: approval
            signal: { names: [approved, rejected] }
          - name: size
            dependsOn: [cool-down, approval]
            route:
              cases:
                - name: large
                  when: { ">": [{ var: input.size }, 10] }
                  nodes: [{ name: create, step: create-large }]
                - when: { and: [{ in: [{ $ref: approval/name }, ["approved"]] }, { "!": { var: input.small } }] }
                  nodes: [{ name: create, step: create-medium }]
              default: { nodes: [{ name: create, step: create-small }] }
          - name: subnets
            map:
              over: { $ref: zones }
              maxConcurrency: 2
              nodes:
                - { name: create, step: create-subnet }
                - { name: route, step: create-route, dependsOn: [create] }
          - name: poll
            dependsOn: [subnets]
            loop: { maxIterations: 5, nodes: [{ name: check, step: check }] }
          - { name: tenant, child: { kind: tenant, version: 2 } }
          - name: net
            dependsOn: [tenant]
            subsaga: { plan: { nodes: [{ name: vpc, step: create-vpc }] } }
        """);

    private static Plan Read(string yaml)
    {
        var read = PlanReader.ReadText(yaml);
        read.Errors.ShouldBeEmpty();
        return read.Plan!;
    }
}
