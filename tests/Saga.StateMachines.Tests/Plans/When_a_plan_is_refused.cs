using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

/// <summary>Each case is a document, and the line, pointer and code of every error it must give.</summary>
public sealed class When_a_plan_is_refused
{
    public static TheoryData<string, string> Documents => new()
    {
        { "", "1 invalid_yaml" },
        { "nodes: [", "1 invalid_yaml" },
        { "{\"nodes\":\n [}", "2 invalid_json" },
        { "a: b\n---\nc: d", "2 invalid_yaml" },
        { "nodes: !binary x", "1 /nodes invalid_yaml;1 /nodes wrong_type" },
        { "nodes:\n  - *gone", "2 /nodes/0 invalid_yaml;2 /nodes/0 wrong_type" },
        { "&a {nodes: [*a]}", "1 /nodes/0 invalid_yaml;1 /nodes/0 wrong_type" },
        { "[]", "1 wrong_type" },
        { "just text", "1 wrong_type" },
        { "name: n", "1 missing_property" },
        { "name: 1\nnodes: {}", "1 /name wrong_type;2 /nodes wrong_type" },
        { "nodes: []\ninput: {}", "1 /nodes empty_list;2 /input unknown_property" },
        { "nodes:\n  - { name: a, step: x }\nname: a\nname: b", "4 /name duplicate_property" },
        { """{"nodes":[{"name":"a","step":"x","step":"y"}]}""", "1 /nodes/0/step duplicate_property" },
        { """{"nodes":[{"name":"\ud800","step":"x"}]}""", "1 /nodes/0/name invalid_text" },
        { "nodes:\n  - 5\n  - { step: x }", "2 /nodes/0 wrong_type;3 /nodes/1 name_missing" },
        { "nodes:\n  - { name: ' ', step: x }\n  - { name: a/b, step: x }\n  - { name: -a, step: x }", "2 /nodes/0/name name_blank;3 /nodes/1/name invalid_name;4 /nodes/2/name invalid_name" },
        { "nodes:\n  - { name: input, step: x }\n  - { name: a, step: x }\n  - name: a\n    step: x", "2 /nodes/0/name reserved_name;4 /nodes/2/name duplicate_name" },
        { "nodes: [{ name: a }]", "1 /nodes/0 kind_missing" },
        { "nodes: [{ name: a, stpe: x }]", "1 /nodes/0/stpe unknown_property" },
        { "nodes: [{ name: a, step: x, sleep: PT1S }]", "1 /nodes/0 several_kinds" },
        { "nodes: [{ name: a, sleep: PT1S, input: 1, retry: {} }]", "1 /nodes/0/input unknown_property;1 /nodes/0/retry unknown_property" },
        { "nodes: [{ name: a, step: Create }]", "1 /nodes/0/step invalid_step_name" },
        { "nodes: [{ name: a, step: 5 }]", "1 /nodes/0/step wrong_type" },
        { "nodes: [{ name: a, step: x }]\nsequential: yes", "2 /sequential wrong_type" },

        // Dependencies and references.
        { "nodes:\n  - name: a\n    step: x\n    dependsOn: [b, a, 5]", "4 /nodes/0/dependsOn/0 unknown_dependency;4 /nodes/0/dependsOn/1 self_dependency;4 /nodes/0/dependsOn/2 wrong_type" },
        { "nodes: [{ name: a, step: x, dependsOn: b }]", "1 /nodes/0/dependsOn wrong_type" },
        { "nodes:\n  - { name: b, step: x }\n  - { name: a, step: x, dependsOn: [c] }\n  - { name: c, step: x, dependsOn: [a] }", "3 /nodes/1 cycle" },
        { "nodes:\n  - { name: a, step: x, input: { $ref: m } }\n  - { name: m, map: { over: [1], nodes: [{ name: i, step: x, input: { $ref: a } }] } }", "2 /nodes/0 cycle" },
        { "nodes: [{ name: a, step: x, input: { $ref: a/id } }]", "1 /nodes/0/input/$ref self_dependency" },
        { "nodes: [{ name: m, map: { over: [1], nodes: [{ name: i, step: x, input: { $ref: m } }] } }]", "1 /nodes/0/map/nodes/0/input/$ref self_dependency" },
        { "nodes: [{ name: a, step: x, input: { k: [{ $ref: inputs/id }] } }]", "1 /nodes/0/input/k/0/$ref unknown_reference" },
        { "nodes: [{ name: a, step: x, input: '${b/id}' }]", "1 /nodes/0/input unknown_reference" },
        { "nodes: [{ name: a, step: x, input: '${b' }, { name: b, step: x, input: '${}' }]", "1 /nodes/0/input invalid_interpolation;1 /nodes/1/input invalid_interpolation" },
        { "nodes: [{ name: a, step: x, input: { $ref: 5 } }, { name: b, step: x, input: { $ref: input/~2 } }, { name: c, step: x, input: { $ref: '' } }]", "1 /nodes/0/input/$ref wrong_type;1 /nodes/1/input/$ref invalid_reference;1 /nodes/2/input/$ref invalid_reference" },
        { "nodes: [{ name: a, step: x, input: { $ref: input, x: 1 } }, { name: b, step: x, input: { $literal: 1, x: 1 } }]", "1 /nodes/0/input extra_properties;1 /nodes/1/input extra_properties" },
        { "nodes: [{ name: a, step: x, input: [{ $ref: item }, { $ref: previous/x }, { $ref: output }, { $ref: run/name }] }]", "1 /nodes/0/input/0/$ref reference_out_of_place;1 /nodes/0/input/1/$ref reference_out_of_place;1 /nodes/0/input/2/$ref reference_out_of_place;1 /nodes/0/input/3/$ref unknown_reference" },
        { "nodes: [{ name: m, map: { over: [1], nodes: [{ name: i, step: x }] } }, { name: a, step: x, input: { $ref: i } }]", "1 /nodes/1/input/$ref reference_out_of_sight" },
        { "nodes: [{ name: r, route: { cases: [{ when: { var: input }, nodes: [{ name: p, step: x }] }, { when: { var: input }, nodes: [{ name: q, step: x, input: { $ref: p } }] }] } }]", "1 /nodes/0/route/cases/1/nodes/0/input/$ref reference_out_of_sight" },
        { "nodes:\n- { name: out, step: x }\n- name: s\n  subsaga:\n    plan:\n      nodes: [{ name: i, step: x, input: { $ref: out } }]", "6 /nodes/1/subsaga/plan/nodes/0/input/$ref reference_out_of_sight" },
        { "nodes: [{ name: m, map: { over: [1], nodes: [{ name: s, subsaga: { plan: { nodes: [{ name: i, step: x, input: { $ref: item } }] } } }] } }]", "1 /nodes/0/map/nodes/0/subsaga/plan/nodes/0/input/$ref reference_out_of_place" },
        { "nodes: [{ name: m, map: { over: [1], nodes: [{ name: i, step: x }] } }, { name: l, loop: { until: { var: i }, nodes: [{ name: i, step: x }] } }]", "1 /nodes/1/loop/until reference_out_of_sight" },
        { "nodes: [{ name: a, step: x }]\noutput: { $ref: b }", "2 /output/$ref unknown_reference" },
        { "nodes: [{ name: s, subsaga: { plan: { nodes: [{ name: i, step: x }, { name: j, step: x }] } } }, { name: a, step: x, input: { $ref: s } }]", "1 /nodes/1/input/$ref ambiguous_output" },
        { "nodes: [{ name: l, loop: { until: { var: output }, nodes: [{ name: i, step: x }, { name: j, step: x, input: { $ref: previous } }] } }]", "1 /nodes/0/loop/until ambiguous_output;1 /nodes/0/loop/nodes/1/input/$ref ambiguous_output" },
        { "nodes: [{ name: a, step: x, compensation: { input: { $ref: b } } }, { name: b, step: x }]", "1 /nodes/0/compensation/input/$ref compensation_reads_what_may_not_exist" },
        { "nodes: [{ name: a, step: x, compensation: { input: { $ref: b } } }, { name: b, step: x, dependsOn: [a] }]", "1 /nodes/0/compensation/input/$ref compensation_reads_what_may_not_exist" },

        // Rules.
        { "nodes: [{ name: r, route: { cases: [{ when: { equals: [1, 2] }, nodes: [{ name: a, step: x }] }] } }]", "1 /nodes/0/route/cases/0/when/equals unknown_operator" },
        { "nodes: [{ name: a, step: x, input: { $logic: { var: '' } } }]", "1 /nodes/0/input/$logic/var computed_variable" },
        { "nodes: [{ name: a, step: x, input: { $logic: { var: { cat: [a, b] } } } }]", "1 /nodes/0/input/$logic/var computed_variable" },
        { "nodes: [{ name: a, step: x, input: { $logic: { var: b.id } } }]", "1 /nodes/0/input/$logic unknown_reference" },
        { "nodes: [{ name: a, step: x, input: { $logic: { map: [{ $ref: input }, { $ref: context }] } } }]", "1 /nodes/0/input/$logic/map/1 reference_out_of_place" },

        { "nodes: [{ name: a, step: x, input: { $logic: { var: $0 } } }]", "1 /nodes/0/input/$logic unknown_reference" },

        // Indexes (RFC 6901): digits, and no zero before others.
        { "nodes: [{ name: z, constant: [a, b, [c]] }, { name: m, map: { over: [1], nodes: [{ name: i, step: x }] } }, { name: a, step: x, input: [{ $ref: z/01 }, { $ref: z/-/x }, { $ref: z/2/+0 }, \"${m/00/x}\", { $ref: m/last }] }]", "1 /nodes/2/input/0/$ref unresolved_reference;1 /nodes/2/input/1/$ref unresolved_reference;1 /nodes/2/input/2/$ref unresolved_reference;1 /nodes/2/input/3 unresolved_reference;1 /nodes/2/input/4/$ref unresolved_reference" },

        // A variable of a rule that only the product's own names have.
        { "nodes: [{ name: a, step: x }, { name: b, step: x, input: { $logic: { cat: [{ $ref: a }, { var: $0 }, { missing: [$$1] }] } } }]", "1 /nodes/1/input/$logic unknown_reference;1 /nodes/1/input/$logic unknown_reference" },

        // Retry and compensation.
        { "nodes: [{ name: a, step: x, retry: { maxAttempts: 0, backoff: expo, initial: 5s, max: -PT1S, jitter: 1, nonRetryable: x, m: 1 } }]", "1 /nodes/0/retry/maxAttempts out_of_range;1 /nodes/0/retry/backoff unknown_value;1 /nodes/0/retry/initial invalid_duration;1 /nodes/0/retry/max invalid_duration;1 /nodes/0/retry/jitter wrong_type;1 /nodes/0/retry/nonRetryable wrong_type;1 /nodes/0/retry/m unknown_property" },
        { "nodes: [{ name: a, step: x, retry: { initial: PT2M, max: PT1M, maxAttempts: 1.5, nonRetryable: ['', 1] } }]", "1 /nodes/0/retry/max max_below_initial;1 /nodes/0/retry/maxAttempts out_of_range;1 /nodes/0/retry/nonRetryable/0 wrong_type;1 /nodes/0/retry/nonRetryable/1 wrong_type" },
        { "nodes: [{ name: a, step: x, retry: 3, compensation: nope }, { name: b, step: x, compensation: 5 }, { name: c, step: x, compensation: { retry: { maxAttempts: -1 } } }]", "1 /nodes/0/retry wrong_type;1 /nodes/0/compensation unknown_value;1 /nodes/1/compensation wrong_type;1 /nodes/2/compensation/retry/maxAttempts out_of_range" },

        // The kinds.
        { "nodes: [{ name: r, route: { cases: [] } }, { name: s, route: {} }, { name: t, route: 1 }]", "1 /nodes/0/route/cases empty_list;1 /nodes/1/route missing_property;1 /nodes/2/route wrong_type" },
        { "nodes: [{ name: r, route: { cases: [{ when: true, nodes: [] }, { nodes: [{ name: a, step: x }] }], default: {} } }]", "1 /nodes/0/route/cases/0/nodes empty_list;1 /nodes/0/route/cases/1 missing_property;1 /nodes/0/route/default missing_property" },
        { "nodes: [{ name: r, route: { cases: [{ name: default, when: 1, nodes: [{ name: a, step: x }] }, { name: run, when: 1, nodes: [{ name: a, step: x }] }] } }]", "1 /nodes/0/route/cases/0/name duplicate_name;1 /nodes/0/route/cases/1/name reserved_name" },
        { "nodes: [{ name: m, map: { maxConcurrency: 0, failure: slow, nodes: [] } }, { name: n, map: { over: 5, nodes: [{ name: a, step: x }] } }]", "1 /nodes/0/map/maxConcurrency out_of_range;1 /nodes/0/map/failure unknown_value;1 /nodes/0/map missing_property;1 /nodes/0/map/nodes empty_list;1 /nodes/1/map/over wrong_type" },
        { "nodes: [{ name: l, loop: { maxIterations: 1000.5, nodes: [{ name: a, step: x }] } }, { name: m, map: { over: [], maxConcurrency: '1', nodes: [{ name: a, step: x }] } }, { name: n, child: { kind: k, version: \"1\" } }, { name: o, step: x, retry: { maxAttempts: 1e99 } }]", "1 /nodes/0/loop/maxIterations out_of_range;1 /nodes/1/map/maxConcurrency wrong_type;1 /nodes/2/child/version wrong_type;1 /nodes/3/retry/maxAttempts out_of_range" },
        { "nodes: [{ name: l, loop: { maxIterations: 10001, onMaxIterations: stop, nodes: [{ name: a, step: x }] } }]", "1 /nodes/0/loop/maxIterations out_of_range;1 /nodes/0/loop/onMaxIterations unknown_value" },
        { "nodes: [{ name: a, sleep: 10s }, { name: b, sleep: P1M }, { name: c, sleep: P0Y }, { name: d, sleep: { for: P1Y } }, { name: e, sleep: {} }, { name: f, sleep: { for: PT1S, until: 2027-01-01T00:00:00Z } }]", "1 /nodes/0/sleep invalid_duration;1 /nodes/1/sleep invalid_duration;1 /nodes/2/sleep invalid_duration;1 /nodes/3/sleep/for invalid_duration;1 /nodes/4/sleep missing_property;1 /nodes/5/sleep extra_properties" },
        { "nodes: [{ name: a, sleep: { until: tomorrow } }, { name: b, sleep: { until: 2027-01-01T00:00:00 } }, { name: c, sleep: { for: 10 } }, { name: d, sleep: 10 }]", "1 /nodes/0/sleep/until invalid_moment;1 /nodes/1/sleep/until invalid_moment;1 /nodes/2/sleep/for invalid_duration;1 /nodes/3/sleep wrong_type" },
        { "nodes: [{ name: a, signal: '' }, { name: b, signal: { names: [] } }, { name: c, signal: { names: [go, go, 5] } }, { name: d, signal: {} }, { name: e, signal: { name: a, names: [b] } }, { name: f, signal: . }, { name: g, signal: { names: [.., ' '] } }]", "1 /nodes/0/signal invalid_name;1 /nodes/1/signal/names empty_list;1 /nodes/2/signal/names/1 duplicate_name;1 /nodes/2/signal/names/2 wrong_type;1 /nodes/3/signal missing_property;1 /nodes/4/signal extra_properties;1 /nodes/5/signal invalid_name;1 /nodes/6/signal/names/0 invalid_name;1 /nodes/6/signal/names/1 invalid_name" },
        { "nodes: [{ name: a, signal: { name: s, mode: both, timeout: soon, onTimeout: stop } }, { name: b, signal: { name: s, onTimeout: continue } }, { name: c, signal: { name: s, timeout: PT1S, default: 1 } }, { name: d, signal: { name: s, timeout: PT1S, onTimeout: default } }]", "1 /nodes/0/signal/mode unknown_value;1 /nodes/0/signal/onTimeout unknown_value;1 /nodes/0/signal/timeout invalid_duration;1 /nodes/1/signal/onTimeout missing_property;1 /nodes/2/signal missing_property;1 /nodes/3/signal missing_property" },
        { "nodes: [{ name: a, child: {} }, { name: b, child: { kind: k, plan: { nodes: [{ name: a, step: x }] } } }, { name: c, child: { kind: ' ', version: 0, join: no } }, { name: d, child: { plan: { nodes: [] }, version: 1 } }]", "1 /nodes/0/child missing_property;1 /nodes/1/child extra_properties;1 /nodes/2/child/version out_of_range;1 /nodes/2/child/kind invalid_name;1 /nodes/2/child/join unknown_value;1 /nodes/3/child/version extra_properties;1 /nodes/3/child/plan/nodes empty_list" },
        { "nodes: [{ name: a, subsaga: { kind: nowhere } }, { name: b, subsaga: { plan: { nodes: 1 }, output: 1 } }]", "1 /nodes/0/subsaga/kind unknown_definition;1 /nodes/1/subsaga/output unknown_property;1 /nodes/1/subsaga/plan/nodes wrong_type" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_problem_has_its_line_pointer_and_code(string document, string problems)
    {
        var result = PlanReader.ReadText(document);
        result.Errors.Select(error => string.Join(' ', new[] { error.Line?.ToString(), error.Pointer, error.Code }.Where(part => !string.IsNullOrEmpty(part))))
            .Order(StringComparer.Ordinal)
            .ShouldBe(problems.Split(';').Order(StringComparer.Ordinal), string.Join('\n', result.Errors.Select(error => error.Message)));
        result.Plan.ShouldBeNull();
        result.Errors.ShouldAllBe(error => error.Message.EndsWith('.') || error.Message.EndsWith('?'));
    }
}
