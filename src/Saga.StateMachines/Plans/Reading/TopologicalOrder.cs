namespace Saga.StateMachines.Plans.Reading;

/// <summary>Puts the nodes of a body in an order in which each comes after what it depends on, and names the cycles when there is none.</summary>
internal static class TopologicalOrder
{
    private const int ShownNames = 20;

    /// <summary>Sets the order and the leaf of the body. The nodes keep the order of the list where they can.</summary>
    public static void Give(DraftBody body, Findings findings)
    {
        var walk = new Walk(body.Nodes, findings);
        if (!walk.Run())
            return;

        body.Ordered = [.. walk.Ordered];
        var read = body.Nodes.SelectMany(node => node.Dependencies).ToHashSet();
        body.Leaf = body.Nodes.Where(node => !read.Contains(node)).Take(2).ToArray() is [var leaf] ? leaf : null;
    }

    /// <summary>A depth-first walk with a stack of its own: a chain of 10,000 nodes is 10,000 deep.</summary>
    private sealed class Walk(List<DraftNode> nodes, Findings findings)
    {
        private readonly Dictionary<DraftNode, int> _depths = [];
        private readonly HashSet<DraftNode> _inCycles = [];
        private readonly List<(DraftNode Node, IEnumerator<DraftNode> Left)> _stack = [];

        public List<DraftNode> Ordered { get; } = new(nodes.Count);

        public bool Run()
        {
            foreach (var node in nodes)
            {
                if (!_depths.ContainsKey(node))
                    From(node);
            }

            return _inCycles.Count == 0;
        }

        private void From(DraftNode first)
        {
            Push(first);
            while (_stack.Count > 0)
            {
                var (node, left) = _stack[^1];
                if (!left.MoveNext())
                {
                    _stack.RemoveAt(_stack.Count - 1);
                    _depths[node] = -1;
                    Ordered.Add(node);
                }
                else if (!_depths.TryGetValue(left.Current, out var depth))
                {
                    Push(left.Current);
                }
                else if (depth >= 0 && !_inCycles.Contains(left.Current) && !_inCycles.Contains(node))
                {
                    Report([.. _stack.Skip(depth).Select(entry => entry.Node)]);
                }
            }
        }

        private void Push(DraftNode node)
        {
            _depths[node] = _stack.Count;
            _stack.Add((node, node.Dependencies.OrderBy(dependency => dependency.Position).GetEnumerator()));
        }

        private void Report(DraftNode[] cycle)
        {
            _inCycles.UnionWith(cycle);
            var start = Array.IndexOf(cycle, cycle.MinBy(node => node.Position));
            var names = cycle[start..].Concat(cycle[..start]).Append(cycle[start]).Select(node => node.Name).ToArray();
            var shown = names.Length <= ShownNames ? names : [.. names[..ShownNames], "…", names[^1]];
            findings.Error(cycle[start].Place, "cycle", $"The nodes {string.Join(" → ", shown)} depend on each other: each on the next, by `dependsOn`, by its place in a sequence, or by a reference of its own or of what is inside of it. None could ever start. Remove one of these.");
        }
    }
}
