using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MassTransit;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.StateMachine;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class The_transition_table
{
    private static readonly ProvisioningStateMachine _machine = new();

    public static TheoryData<string, string> EveryPair()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var state in Enum.GetNames<RunStatus>())
        {
            foreach (var message in Messages())
                pairs.Add(state, message);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Names_what_becomes_of_every_event_in_every_state(string state, string message) =>
        _machine.NextEvents(_machine.GetState(state)).Select(next => next.Name).ShouldContain(message);

    [Fact]
    public void Has_a_state_for_every_status_of_the_engine() =>
        _machine.States.Select(state => state.Name).Except(["Initial", "Final"]).ShouldBe(Enum.GetNames<RunStatus>(), ignoreOrder: true);

    [Fact]
    public void Begins_only_with_a_start() =>
        _machine.NextEvents(_machine.Initial).Select(next => next.Name).ShouldBe([nameof(_machine.StartProvisioning)]);

    [Fact]
    public void Never_leaves_an_end_but_to_roll_back_a_completed_run() =>
        TransitionTable.Of(_machine).Where(transition => transition.From is "Completed" or "RolledBack" or "Failed")
            .Select(transition => (transition.From, transition.Event))
            .Distinct()
            .ShouldBe([("Completed", "RollBackProvisioning")]);

    // Run with SAGA_UPDATE_DOCS=1 to write the file anew.
    [Fact]
    public async Task Is_what_the_documentation_shows()
    {
        var file = Path.Combine(RepositoryRoot(), "docs", "state-machine.md");
        var generated = Document();
        if (Environment.GetEnvironmentVariable("SAGA_UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(file, generated, TestContext.Current.CancellationToken);

        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe(generated);
    }

    private static IEnumerable<string> Messages() =>
        typeof(ProvisioningStateMachine).GetProperties().Where(property => property.PropertyType.IsAssignableTo(typeof(Event))).Select(property => property.Name);

    private static string Document()
    {
        var document = new StringBuilder()
            .Append("# The state machine of a run\n\n")
            .Append("Generated from `ProvisioningStateMachine` by the test `The_transition_table`, which fails when the two differ; run it with\n")
            .Append("`SAGA_UPDATE_DOCS=1` to write this file anew.\n\n")
            .Append("```mermaid\nstateDiagram-v2\n");
        foreach (var group in TransitionTable.Of(_machine).GroupBy(transition => (transition.From, transition.To)))
        {
            var events = string.Join(", ", group.Select(transition => transition.Event));
            document.Append(CultureInfo.InvariantCulture, $"    {Shown(group.Key.From, "Initial")} --> {Shown(group.Key.To, "Final")}: {events}\n");
        }

        return document
            .Append("```\n\nA start that is refused goes from the beginning to the end and leaves nothing behind. Every pair of state and event that is\n")
            .Append("not an arrow leaves the run where it is: it is recorded, or ignored by name and counted (`saga.messages.ignored`).\n")
            .ToString();
    }

    private static string Shown(string state, string edge) => state == edge ? "[*]" : SnakeCase.From(state);

    private static string RepositoryRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
