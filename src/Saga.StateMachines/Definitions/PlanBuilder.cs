using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Saga.Contracts.Json;
using Saga.StateMachines.Definitions.Translation;

namespace Saga.StateMachines.Definitions;

/// <summary>The outermost body of a plan.</summary>
/// <typeparam name="TInput">The type of the run's input.</typeparam>
public sealed class PlanBuilder<TInput> : Body<TInput>
{
    // The document is data and never part of a page, so `>` need not be written as \u003E.
    private static readonly JsonSerializerOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = ValueRule.ReadingDepth };

    internal PlanBuilder(RunDefinition definition)
        : base(new PlanRoot(definition), owner: null) =>
        Root.Current = this;

    /// <summary>The run's input, for use inside lambdas.</summary>
    /// <exception cref="PlanDefinitionException">It was read outside of a lambda.</exception>
    [Handle("input")]
    public TInput Input => throw Handle.ReadTooEarly("the input of the plan");

    internal JsonElement ToDocument()
    {
        Root.CheckNames();
        Root.Current = null;
        var json = WriteTo(new JsonObject { ["name"] = Root.Definition.Kind });
        using var document = JsonDocument.Parse(json.ToJsonString(_readable), new JsonDocumentOptions { MaxDepth = ValueRule.ReadingDepth });
        return document.RootElement.Clone();
    }
}
