using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Pictures;

/// <summary>A plan drawn in DOT, the language of Graphviz (https://graphviz.org/doc/info/lang.html). The same plan always gives the same text.</summary>
public static class PlanPicture
{
    /// <summary>Draws a plan: a box for each node, a frame around what stands inside of another, an arrow for each dependency.</summary>
    public static string Of(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new Drawing(plan, (_, _) => Look.Plain).Draw(plan.Name ?? "");
    }
}
