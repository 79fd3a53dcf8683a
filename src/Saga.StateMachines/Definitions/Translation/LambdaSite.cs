using System.Linq.Expressions;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>Where a lambda stands: what it can see, and how it is named in messages.</summary>
/// <param name="Body">The innermost body whose nodes it can read.</param>
/// <param name="Node">The node it is part of; empty for the plan itself.</param>
/// <param name="Part">Which part of it, such as <c>input</c>.</param>
internal sealed record LambdaSite(Body Body, string Node, string Part)
{
    /// <summary>Reserved words that mean something else here than in the bodies around.</summary>
    public IReadOnlyList<string> OwnWords { get; init; } = [];

    /// <summary>The paths its parameters stand for.</summary>
    public IReadOnlyDictionary<ParameterExpression, HandlePath> Parameters { get; init; } = new Dictionary<ParameterExpression, HandlePath>();

    /// <summary>Whether it is a lambda over the elements of a list inside a rule, where JsonLogic shows nothing but the element.</summary>
    public bool IsOverElements { get; init; }

    public LambdaSite WithParameters(LambdaExpression lambda, params string[] words) => this with
    {
        Parameters = lambda.Parameters.Zip(words).ToDictionary(pair => pair.First, pair => new HandlePath(pair.Second, [])),
    };

    public LambdaSite OverElements(ParameterExpression element, string word) => this with
    {
        Parameters = new Dictionary<ParameterExpression, HandlePath> { [element] = new(word, []) { IsElement = true } },
        IsOverElements = true,
    };

    /// <summary>The output of a node, if it can be seen from here.</summary>
    public HandlePath PathTo(Node node, string expression)
    {
        CheckSees(node.Body, expression, $"node `{node.Name}`", "Return it from the body and read the output of the node that contains it.");
        Body.Root.Read(this, node, expression);
        return new HandlePath(node.Name, []);
    }

    /// <summary>What a reserved word stands for in a body, if it can be seen from here.</summary>
    public HandlePath PathTo(Body body, string word, string expression)
    {
        CheckSees(body, expression, $"`{word}`", "It has a value only inside that body.");
        var isShadowed = OwnWords.Contains(word, StringComparer.Ordinal);
        for (var inner = Body; inner != body && !isShadowed; inner = inner.Parent!)
            isShadowed = WordsOf(inner).Contains(word, StringComparer.Ordinal);
        return isShadowed && WordsOf(body).Contains(word, StringComparer.Ordinal)
            ? throw Refused(
                expression,
                $"reads the outer one of two meanings of `{word}`",
                "From there a plan sees only the inner one. Give it a name with `Value` in the outer body, and read that.")
            : new HandlePath(word, []);
    }

    public PlanDefinitionException Refused(Expression expression, string fact, string remedy, Exception? cause = null) =>
        Refused(ExpressionText.Of(expression), fact, remedy, cause);

    public PlanDefinitionException Refused(string expression, string fact, string remedy, Exception? cause = null)
    {
        var definition = Body.Root.Definition.ToString();
        var place = Node.Length == 0 ? Part : $"{Part} of node `{Node}`";
        return new PlanDefinitionException($"Definition `{definition}`, {place}: `{expression}` {fact}. {remedy}", definition, Node, expression, cause);
    }

    private static string[] WordsOf(Body body) => body.GetType() is { IsGenericType: true } type
        ? type.GetGenericTypeDefinition() == typeof(ItemBody<>) ? ["item", "index"]
        : type.GetGenericTypeDefinition() == typeof(IterationBody<>) ? ["previous", "iteration"] : []
        : [];

    private void CheckSees(Body body, string expression, string what, string remedy)
    {
        if (body.Root != Body.Root)
            throw Refused(expression, $"reads {what} of another plan, {body.Root.Definition}", "A plan sees only its own. Pass it in the input of the subsaga or child.");
        var seen = Body;
        while (seen is not null && seen != body)
            seen = seen.Parent;
        if (seen is null)
            throw Refused(expression, $"reads {what}, which is {body.Place} and cannot be seen from {Body.Place[3..]}", remedy);
    }
}
