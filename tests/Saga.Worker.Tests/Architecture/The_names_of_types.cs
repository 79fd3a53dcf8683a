using MassTransit;
using Saga.Consumers;
using Saga.Contracts;
using Saga.StateMachines.Definitions;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Architecture;

/// <summary>A step author's file has <c>using MassTransit</c> beside ours: a name that both have would not compile.</summary>
public sealed class The_names_of_types
{
    private static readonly HashSet<string> _massTransit =
    [
        .. new[] { typeof(IBus).Assembly, typeof(MassTransitStateMachine<>).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type is { Namespace: "MassTransit", IsNested: false })
            .Select(type => type.Name),
    ];

    public static TheoryData<string, Type> Libraries() => new()
    {
        { "Saga.Contracts", typeof(StartProvisioning) },
        { "Saga.Consumers", typeof(StepContext<>) },
        { "Saga.StateMachines.Definitions", typeof(RunDefinition) },
    };

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Are_not_those_of_MassTransit(string space, Type one)
    {
        var ours = one.Assembly.GetExportedTypes().Where(type => type.Namespace == space && !type.IsNested).Select(type => type.Name).ToList();

        ours.ShouldContain(one.Name);
        _massTransit.ShouldContain("CompensationResult");
        ours.Where(_massTransit.Contains).ShouldBeEmpty();
    }
}
