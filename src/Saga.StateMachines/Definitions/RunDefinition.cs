using System.Text.Json;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Definitions;

/// <summary>A plan under a name: runs of <see cref="Kind"/> follow it. Versions of a kind live side by side, each a definition of its own.</summary>
public abstract class RunDefinition
{
    private readonly Lazy<JsonElement> _document;

    /// <summary>Prepares a definition; nothing is built yet.</summary>
    protected RunDefinition() => _document = new Lazy<JsonElement>(BuildChecked, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The name by which runs are started: 1 to 64 characters out of a-z, 0-9, <c>-</c>, <c>_</c> and <c>.</c>, as for steps.</summary>
    public abstract string Kind { get; }

    /// <summary>The version, from 1. A start that names none gets the highest.</summary>
    public virtual int Version => 1;

    /// <summary>The plan document. Built at the first use and kept; safe to read from several threads.</summary>
    /// <exception cref="PlanDefinitionException">The definition cannot be translated.</exception>
    public JsonElement Document => _document.Value;

    /// <summary>The plan document as text, without white space.</summary>
    /// <exception cref="PlanDefinitionException">The definition cannot be translated.</exception>
    public string ToDocument() => Document.GetRawText();

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} v{Version}";

    /// <summary>Makes the plan document.</summary>
    protected abstract JsonElement CreateDocument();

    private JsonElement BuildChecked()
    {
        if (!StepNames.IsValid(Kind))
            throw new PlanDefinitionException($"The kind of {GetType()} is `{Kind}`. A kind keeps the rule of step names. {StepNames.Rule} Correct the kind.");
        if (Version < 1)
            throw new PlanDefinitionException($"The version of {GetType()} is {Version}. It must be at least 1. Leave it out for 1.");

        using (DefinitionsInProgress.Enter(this))
            return CreateDocument();
    }
}
