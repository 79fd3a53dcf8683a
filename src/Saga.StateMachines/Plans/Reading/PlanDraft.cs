using Saga.Contracts.Json;
using Saga.StateMachines.Plans.Reading.Text;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A document while it is read: what was found wrong, how much there is, and what can be judged only when all of it is known.</summary>
internal sealed class PlanDraft(PlanReading options)
{
    /// <summary>The most nodes of a document, those in bodies and in the plans of children counted.</summary>
    public const int MaxNodes = 10_000;

    /// <summary>How deep bodies may be inside of each other.</summary>
    public const int MaxDepth = 32;

    public PlanReading Options { get; } = options;

    public Findings Findings { get; } = new() { Tolerated = options.WasAccepted ? DuplicateNames.Code : null };

    /// <summary>The most arrays and objects inside each other in a value. Releases before the rule for values took in 64.</summary>
    public int ValueDepth => Options.WasAccepted ? 64 : ValueRule.MaxDepthGiven;

    /// <summary>All bodies, each behind those it is inside of.</summary>
    public List<DraftBody> Bodies { get; } = [];

    /// <summary>The definitions being inlined at this moment, from the outside in.</summary>
    public List<string> Definitions { get; } = [];

    /// <summary>References to names that are not in sight: what to say depends on whether they are anywhere.</summary>
    public List<LostReference> Lost { get; } = [];

    /// <summary>References to outputs, which are pointless when the output is always null, or when what they name is never in it.</summary>
    public List<(Place Place, string Written, DraftNode? Node, DraftBody? Body, bool HasDefault)> Outputs { get; } = [];

    /// <summary>What compensations read, which must be there by then.</summary>
    public List<CompensationRead> CompensationReads { get; } = [];

    /// <summary>How many bodies the one being read is inside of.</summary>
    public int Depth { get; set; }

    private int Nodes { get; set; }

    private int InlinedBytes { get; set; }

    private bool IsFull { get; set; }

    /// <summary>Counts what is inlined, and says once when it is too much: ten thousand nodes may each inline the same large definition.</summary>
    public bool AdmitDefinition(string name, int bytes, Place place)
    {
        var before = InlinedBytes;
        InlinedBytes = (int)Math.Min(int.MaxValue, (long)before + bytes);
        if (InlinedBytes <= DocumentText.MaxBytes)
            return true;

        if (before <= DocumentText.MaxBytes)
            Findings.Error(place, "too_large", DocumentText.TooLarge($"With the {name} written out, the plan", InlinedBytes));
        return false;
    }

    /// <summary>Counts nodes, and says once when there are too many. Then nothing more is read.</summary>
    public bool Admit(int nodes, Place place)
    {
        Nodes += nodes;
        if (Nodes <= MaxNodes)
            return true;

        if (!IsFull)
            Findings.Error(place, "too_many_nodes", $"With these {nodes:N0} there are more than {MaxNodes:N0} nodes. A plan has at most {MaxNodes:N0}, those in bodies counted. Split it: let a `child` do a part, or a `map` repeat one.");
        IsFull = true;
        return false;
    }
}
