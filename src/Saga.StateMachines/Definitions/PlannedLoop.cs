using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Saga.StateMachines.Definitions.Translation;

namespace Saga.StateMachines.Definitions;

/// <summary>A body again and again. Its output is that of the last iteration.</summary>
/// <typeparam name="TState">What an iteration returns and the next one receives.</typeparam>
public sealed class PlannedLoop<TState> : Node<TState>
{
    private readonly JsonNode? _initial;
    private readonly IterationBody<TState> _body;
    private JsonNode? _until;
    private bool _hasUntil;
    private int? _maxIterations;
    private string? _onMaxIterations;

    internal PlannedLoop(Body body, string name, LambdaExpression initial)
        : base(body, name)
    {
        _initial = Templates.Translate(Site("initial"), initial);
        _body = new IterationBody<TState>(this);
    }

    /// <summary>Ends the loop when the condition holds for what an iteration returned. Without it, it goes on to the last iteration.</summary>
    /// <returns>The node.</returns>
    public PlannedLoop<TState> Until(Expression<Func<TState, bool>> condition) => SetUntil(condition, "output");

    /// <summary>Ends the loop when the condition holds for what an iteration returned, what the one before had, and its number from 0.</summary>
    /// <returns>The node.</returns>
    public PlannedLoop<TState> Until(Expression<Func<TState, TState, int, bool>> condition) => SetUntil(condition, "output", "previous", "iteration");

    /// <summary>Limits the iterations, 1 to 10,000; default 100. When <c>Until</c> does not hold even then, the node fails with <c>max_iterations</c>.</summary>
    /// <returns>The node.</returns>
    public PlannedLoop<TState> AtMost(int iterations)
    {
        _maxIterations = iterations;
        return this;
    }

    /// <summary>Lets the node complete with what the last iteration returned, though <c>Until</c> does not hold.</summary>
    /// <returns>The node.</returns>
    public PlannedLoop<TState> ElseContinue()
    {
        _onMaxIterations = "continue";
        return this;
    }

    internal PlannedLoop<TState> Fill(Func<IterationBody<TState>, IResult<TState>> fill)
    {
        _body.Fill(() => _body.Take(fill(_body)));
        return this;
    }

    private protected override void Describe(JsonObject json)
    {
        var loop = new JsonObject { ["initial"] = _initial?.DeepClone() };
        if (_hasUntil)
            loop["until"] = _until?.DeepClone();
        if (_maxIterations is { } iterations)
            loop["maxIterations"] = iterations;
        if (_onMaxIterations is not null)
            loop["onMaxIterations"] = _onMaxIterations;
        json["loop"] = _body.WriteTo(loop);
    }

    private PlannedLoop<TState> SetUntil(LambdaExpression condition, params string[] words)
    {
        _until = Rules.Translate(Site("until") with { OwnWords = ["output", "previous", "iteration"] }, condition, words);
        _hasUntil = true;
        return this;
    }
}
