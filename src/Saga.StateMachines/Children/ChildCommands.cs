using System.Text.Json;
using MassTransit;
using Saga.Contracts;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Children;

/// <summary>Turns the engine's business with child runs into messages.</summary>
internal static class ChildCommands
{
    /// <summary>Who stops a child.</summary>
    public const string Parent = "parent";

    /// <summary>Starts the child of a node.</summary>
    public static StartProvisioning Start(Run run, RunShape shape, int index, JsonElement input)
    {
        var node = (ChildNode)shape.NodeAt(index);
        return new StartProvisioning
        {
            RunId = ChildRunId.Of(run.CorrelationId, index),
            Kind = node.Definition,
            Version = node.Version,
            Plan = node.Document,
            Input = input,
            Parent = new ParentRun { RunId = run.CorrelationId, NodeIndex = index, Node = shape.NameOf(index) },
        };
    }

    /// <summary>Rolls the child of a node back; it tells its parent how it ended, also when it had before.</summary>
    public static RollBackProvisioning RollBack(Run run, int index) => new()
    {
        RunId = ChildRunId.Of(run.CorrelationId, index),
        By = Parent,
        Reason = $"Run {run.CorrelationId} compensates.",
    };

    /// <summary>Cancels the children of nodes.</summary>
    public static async Task CancelAsync(Run run, IEnumerable<int> nodes, ISendEndpoint runs, CancellationToken cancellationToken)
    {
        foreach (var node in nodes)
        {
            await runs.Send(
                new CancelProvisioning { RunId = ChildRunId.Of(run.CorrelationId, node), By = Parent, Reason = $"Run {run.CorrelationId} stops." },
                cancellationToken);
        }
    }

    /// <summary>What a child that has ended tells its parent.</summary>
    public static ChildEnded Ended(Run child) => new()
    {
        RunId = child.ParentRunId!.Value,
        NodeIndex = child.ParentNodeIndex!.Value,
        ChildRunId = child.CorrelationId,
        Status = SnakeCase.From(child.CurrentState),
        Output = child.Output is { } output ? StoredJson.Parse(output) : null,
        Error = child.Error is { } error ? StoredJson.Parse(error) : null,
    };
}
