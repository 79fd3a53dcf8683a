using System.Text;
using System.Text.Json;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.Engine;

/// <summary>
/// The values a decision may read. The engine takes what is here, and asks for what is missing (<see cref="Decision.Needs"/>): the caller adds
/// it and applies the same event again. So the engine stays pure, and only what a decision refers to is read from the ledger.
/// </summary>
/// <param name="runId">The run.</param>
/// <param name="inputJson">Its input.</param>
/// <param name="contextJson">Its shared context: a JSON object.</param>
public sealed class RunValues(Guid runId, string inputJson, string contextJson)
{
    private readonly Dictionary<int, JsonElement?> _outputs = [];
    private readonly Dictionary<int, JsonElement?> _inputs = [];
    private JsonElement? _input;
    private JsonElement? _context;

    /// <summary>Values of a run that received nothing and in which nothing happened.</summary>
    public static RunValues Empty => new(Guid.Empty, "{}", RunContext.Empty);

    /// <summary>How large its values may become.</summary>
    public ValueLimits Limits { get; init; } = ValueLimits.Default;

    /// <summary>The run.</summary>
    public Guid RunId => runId;

    /// <summary>The run's input.</summary>
    public JsonElement Input => _input ??= StoredJson.Parse(inputJson);

    /// <summary>The run's shared context, with what the event at hand put into it.</summary>
    public JsonElement Context => _context ??= StoredJson.Parse(ContextJson);

    /// <summary>The same as text.</summary>
    public string ContextJson { get; private set; } = contextJson;

    /// <summary>The signals that were received and not consumed, in the order they arrived; null when they are not known.</summary>
    public IReadOnlyList<ReceivedSignal>? Inbox { get; set; }

    /// <summary>Adds what a node received and returned.</summary>
    public void Add(int node, JsonElement? input, JsonElement? output)
    {
        _inputs[node] = input;
        _outputs[node] = output;
    }

    internal bool TryGetOutput(int node, out JsonElement? output) => _outputs.TryGetValue(node, out output);

    internal bool TryGetInput(int node, out JsonElement? input) => _inputs.TryGetValue(node, out input);

    internal void SetOutput(int node, JsonElement? output) => _outputs[node] = output;

    internal void SetInput(int node, JsonElement? input) => _inputs[node] = input;

    /// <summary>Puts into the context, unless that makes it too large.</summary>
    internal bool TryPut(IReadOnlyDictionary<string, JsonElement> put)
    {
        var merged = RunContext.Merge(ContextJson, put);
        var bytes = Encoding.UTF8.GetByteCount(merged);

        // One that an earlier release let grow may still shrink.
        if (bytes > Limits.MaxContextBytes && bytes > Encoding.UTF8.GetByteCount(ContextJson))
        {
            return false;
        }

        ContextJson = merged;
        _context = null;
        return true;
    }
}
