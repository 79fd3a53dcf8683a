namespace Saga.StateMachines.Engine;

/// <summary>A node starts when everything it depends on is completed; independent nodes start at once.</summary>
internal static class ForwardWalk
{
    public static void Begin(RunDraft run)
    {
        run.Status = RunStatus.Running;
        foreach (var node in run.Plan.Root.Nodes)
        {
            if (node.DependsOn.IsEmpty)
            {
                run.Execute(node.Index);
            }
        }

        CompleteWhenNothingIsLeft(run);
    }

    public static void GoOnFrom(RunDraft run, int completed)
    {
        foreach (var dependent in run.Plan.Root.Dependents[completed])
        {
            if (MayStart(run, dependent))
            {
                run.Execute(dependent);
            }
        }

        CompleteWhenNothingIsLeft(run);
    }

    private static bool MayStart(RunDraft run, int node)
    {
        if (run.Nodes[node] != NodeStatus.Pending)
        {
            return false;
        }

        foreach (var dependency in run.Plan.Root.Nodes[node].DependsOn)
        {
            if (run.Nodes[dependency] != NodeStatus.Completed)
            {
                return false;
            }
        }

        return true;
    }

    private static void CompleteWhenNothingIsLeft(RunDraft run)
    {
        if (run.Nodes.AreAll(NodeStatus.Completed))
        {
            run.End(RunStatus.Completed);
        }
    }
}
