using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Saga.StateMachines.Definitions.Translation;

namespace Saga.StateMachines.Definitions;

/// <summary>
/// A list of nodes: that of the plan, of a branch, of a map or of a loop. Nodes that need nothing of each other run at once.
/// A lambda can read the nodes of its own body and of those around it.
/// </summary>
public abstract partial class Body
{
    private readonly List<Node> _nodes = [];
    private JsonNode? _output;
    private bool _hasOutput;
    private bool _isSequential;

    private protected Body(PlanRoot root, Node? owner)
    {
        Root = root;
        Owner = owner;
    }

    /// <summary>The id of the run, for use inside lambdas.</summary>
    [Handle("run", "id")]
    public Guid RunId => throw Handle.ReadTooEarly("the run's id");

    internal PlanRoot Root { get; }

    /// <summary>The node it is a body of; null for the plan itself.</summary>
    internal Node? Owner { get; }

    internal Body? Parent => Owner?.Body;

    internal IReadOnlyList<Node> Nodes => _nodes;

    internal string Place => Owner is null ? $"in the plan of definition `{Root.Definition}`" : $"in the body of node `{Owner.Name}`";

    /// <summary>What a step put into the run's context under <paramref name="key"/>, for use inside lambdas. The node fails when nobody did.</summary>
    /// <typeparam name="TValue">Its type.</typeparam>
    [Handle("context")]
    public TValue Context<TValue>(string key) => throw Handle.ReadTooEarly($"`{key}` of the run's context");

    /// <summary>Runs the nodes of this body one after the other, in the order in which they are written.</summary>
    public void InSequence()
    {
        if (_nodes.Count > 0)
        {
            throw new PlanDefinitionException(
                $"`InSequence` stands behind node `{_nodes[^1].Name}` {Place}. It is about all nodes of the body. Move it to the top.");
        }

        _isSequential = true;
    }

    /// <summary>Says what the body returns. Without it: what its lambda returns, else the output of the only node on which no other depends, else null.</summary>
    /// <typeparam name="TOutput">The type of the result.</typeparam>
    /// <param name="output">The result, out of the outputs of the nodes.</param>
    public IResult<TOutput> Returns<TOutput>(Expression<Func<TOutput>> output)
    {
        SetOutput(Templates.Translate(new LambdaSite(this, Owner?.Name ?? "", "output"), output));
        return new Returned<TOutput>(this);
    }

    internal void Take<TOutput>(IResult<TOutput> result)
    {
        if (result.Source is { } node)
        {
            var site = new LambdaSite(this, Owner?.Name ?? "", "output");
            SetOutput(site.PathTo(node, node.Name).ToReference());
        }
        else if (result is Returned<TOutput> returned && returned.Body != this)
        {
            throw new PlanDefinitionException($"The result {Place} is that of another body, {returned.Body.Place}. Return what `Returns` of the body itself gives.");
        }
    }

    /// <summary>Lets a lambda fill the body. Meanwhile the bodies around take no nodes.</summary>
    internal void Fill(Action fill)
    {
        var around = Root.Current;
        Root.Current = this;
        fill();
        Root.Current = around;
    }

    internal JsonObject WriteTo(JsonObject json)
    {
        json["nodes"] = new JsonArray([.. _nodes.Select(node => node.ToJson())]);
        if (_isSequential)
            json["sequential"] = true;
        if (_hasOutput)
            json["output"] = _output?.DeepClone();
        return json;
    }

    private protected TNode Add<TNode>(TNode node)
        where TNode : Node
    {
        if (Root.Current != this)
        {
            throw new PlanDefinitionException(
                $"Node `{node.Name}` of definition `{Root.Definition}` is added {Place} "
                + (Root.Current is null ? "when the plan is complete. Add it in `Build`." : $"from {Root.Current.Place[3..]}. Use the parameter of the innermost lambda."));
        }

        _nodes.Add(node);
        return node;
    }

    private void SetOutput(JsonNode? output)
    {
        if (_hasOutput)
            throw new PlanDefinitionException($"The result {Place} is given twice. A body has one result. Remove one of them.");
        _output = output;
        _hasOutput = true;
    }
}
