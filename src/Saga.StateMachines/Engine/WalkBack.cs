namespace Saga.StateMachines.Engine;

/// <summary>A node is compensated when every node that depended on it is settled; independent nodes are compensated at once.</summary>
internal static class WalkBack
{
    /// <summary>The steps in flight finish first: what they do has to be compensated too.</summary>
    public static void StartWhenNothingRuns(RunDraft run)
    {
        if (!run.Nodes.Contains(NodeStatus.Running))
        {
            Start(run, run.Error?.Reason ?? RunReason.Cancelled);
        }
    }

    public static void Start(RunDraft run, string reason)
    {
        run.Status = RunStatus.Compensating;
        run.Error = new RunError(reason, run.Nodes.LastIndexOf(NodeStatus.Completed));
        CompensateEverythingThatMayBe(run);
        EndWhenNothingIsLeft(run);
    }

    public static void GoOnFrom(RunDraft run, int settled)
    {
        if (Latecomers.Forget(run, settled))
        {
            // Any node may have waited for it, not only those it depends on directly.
            CompensateEverythingThatMayBe(run);
        }
        else
        {
            var held = Latecomers.HoldBack(run);
            var dependencies = run.Plan.Root.Nodes[settled].DependsOn;
            for (var i = dependencies.Length - 1; i >= 0; i--)
            {
                CompensateIfItMayBe(run, dependencies[i], held);
            }
        }

        EndWhenNothingIsLeft(run);
    }

    private static void CompensateEverythingThatMayBe(RunDraft run)
    {
        var held = Latecomers.HoldBack(run);
        for (var node = run.Nodes.Count - 1; node >= 0; node--)
        {
            CompensateIfItMayBe(run, node, held);
        }
    }

    private static void CompensateIfItMayBe(RunDraft run, int node, IReadOnlySet<int> held)
    {
        if (run.Nodes[node] == NodeStatus.Completed && !held.Contains(node) && AreDependentsSettled(run, node))
        {
            run.Compensate(node);
        }
    }

    private static bool AreDependentsSettled(RunDraft run, int node)
    {
        foreach (var dependent in run.Plan.Root.Dependents[node])
        {
            if (run.Nodes[dependent] is NodeStatus.Completed or NodeStatus.Running or NodeStatus.Compensating)
            {
                return false;
            }
        }

        return true;
    }

    private static void EndWhenNothingIsLeft(RunDraft run)
    {
        if (run.Nodes.Contains(NodeStatus.Compensating))
        {
            return;
        }

        if (run.Nodes.Contains(NodeStatus.CompensationFailed))
        {
            var names = run.Nodes.IndexesOf(NodeStatus.CompensationFailed).Select(node => run.Plan.Root.Nodes[node].Name);
            run.Error = run.Error! with { NotCompensated = [.. names] };
            run.End(RunStatus.Failed);
        }
        else
        {
            run.End(RunStatus.RolledBack);
        }
    }
}
