using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>What is particular to a kind of node: it is read, made and written in one place.</summary>
internal abstract class DraftKind
{
    /// <summary>The bodies inside the node, in order.</summary>
    public virtual IReadOnlyList<DraftBody> Bodies => [];

    /// <summary>True when the node itself can fail in the normal course of things, apart from what is inside of it.</summary>
    public virtual bool CanFail => false;

    /// <summary>True when nothing else tells what the node returns and its output is always null.</summary>
    public virtual bool IsAmbiguous => Bodies.Any(body => body.IsAmbiguous);

    /// <summary>Makes the node. All nodes have positions by now.</summary>
    public abstract PlanNode Make(DraftNode node);

    /// <summary>Writes the property of the kind.</summary>
    public abstract void Write(Utf8JsonWriter json);

    /// <summary>Writes what the node has beside the property of the kind.</summary>
    public virtual void WriteRest(Utf8JsonWriter json)
    {
    }
}
