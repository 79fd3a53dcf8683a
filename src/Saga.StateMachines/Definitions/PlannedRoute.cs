using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Saga.StateMachines.Definitions.Translation;

namespace Saga.StateMachines.Definitions;

/// <summary>The branches of a route as they are written.</summary>
internal sealed class Branches(Node route, Func<string, LambdaSite> site)
{
    private readonly List<(string? Name, JsonNode? When, BranchBody Body)> _cases = [];
    private BranchBody? _default;

    public void Add(string? name, Expression<Func<bool>> when, Action<BranchBody> fill)
    {
        var condition = Rules.Translate(site(name is null ? $"when of case {_cases.Count}" : $"when of `{name}`"), when);
        var body = new BranchBody(route);
        _cases.Add((name, condition, body));
        body.Fill(() => fill(body));
    }

    public void Default(Action<BranchBody> fill)
    {
        if (_default is not null)
        {
            throw new PlanDefinitionException(
                $"Route `{route.Name}` of definition `{route.Body.Root.Definition}` has two `Otherwise`. It can have one. Remove the other.");
        }

        var body = _default = new BranchBody(route);
        body.Fill(() => fill(body));
    }

    public JsonObject ToJson()
    {
        var cases = new JsonArray();
        foreach (var (name, when, body) in _cases)
        {
            var branch = new JsonObject();
            if (name is not null)
                branch["name"] = name;
            branch["when"] = when?.DeepClone();
            cases.Add((JsonNode)body.WriteTo(branch));
        }

        var json = new JsonObject { ["cases"] = cases };
        if (_default is not null)
            json["default"] = _default.WriteTo([]);
        return json;
    }
}

/// <summary>A route without a result. The first case whose condition holds runs; what is in the others is skipped.</summary>
public sealed class PlannedRoute : Node
{
    private readonly Branches _branches;

    internal PlannedRoute(Body body, string name)
        : base(body, name) =>
        _branches = new Branches(this, Site);

    /// <summary>Adds a case. Cases are tried in the order in which they are written.</summary>
    /// <param name="name">The name of the branch, unique within the route.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="branch">Fills the branch.</param>
    /// <returns>The node.</returns>
    public PlannedRoute When(string? name, Expression<Func<bool>> condition, Action<BranchBody> branch)
    {
        _branches.Add(name, condition, branch);
        return this;
    }

    /// <summary>Adds the first case of a route with a result: every branch returns one.</summary>
    /// <typeparam name="TOutput">The type of the result.</typeparam>
    /// <param name="name">The name of the branch, unique within the route.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="branch">Fills the branch and returns its result.</param>
    /// <returns>The node, which has an output.</returns>
    public PlannedRoute<TOutput> When<TOutput>(string? name, Expression<Func<bool>> condition, Func<BranchBody, IResult<TOutput>> branch) =>
        Body.Replace(this, new PlannedRoute<TOutput>(Body, Name)).When(name, condition, branch);

    /// <summary>Adds the branch that runs when no condition holds. Without it, nothing runs then.</summary>
    /// <returns>The node.</returns>
    public PlannedRoute Otherwise(Action<BranchBody> branch)
    {
        _branches.Default(branch);
        return this;
    }

    private protected override void Describe(JsonObject json) => json["route"] = _branches.ToJson();
}

/// <summary>A route with a result: that of the branch that ran, and null when none did.</summary>
/// <typeparam name="TOutput">The type of the result.</typeparam>
public sealed class PlannedRoute<TOutput> : Node<TOutput>
{
    private readonly Branches _branches;

    internal PlannedRoute(Body body, string name)
        : base(body, name) =>
        _branches = new Branches(this, Site);

    /// <summary>Adds a case. Cases are tried in the order in which they are written.</summary>
    /// <param name="name">The name of the branch, unique within the route.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="branch">Fills the branch and returns its result.</param>
    /// <returns>The node.</returns>
    public PlannedRoute<TOutput> When(string? name, Expression<Func<bool>> condition, Func<BranchBody, IResult<TOutput>> branch)
    {
        _branches.Add(name, condition, body => body.Take(branch(body)));
        return this;
    }

    /// <summary>Adds the branch that runs when no condition holds. Without it, the output is null then.</summary>
    /// <returns>The node.</returns>
    public PlannedRoute<TOutput> Otherwise(Func<BranchBody, IResult<TOutput>> branch)
    {
        _branches.Default(body => body.Take(branch(body)));
        return this;
    }

    private protected override void Describe(JsonObject json) => json["route"] = _branches.ToJson();
}
