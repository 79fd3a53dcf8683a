namespace Saga.StateMachines.Plans;

/// <summary>The JSON Schema (draft 2020-12) of plan documents, with which editors complete and check them while they are written.</summary>
public static class PlanSchema
{
    private static readonly Lazy<string> _json = new(Read);

    /// <summary>The schema: <c>docs/plan.schema.json</c>.</summary>
    public static string Json => _json.Value;

    private static string Read()
    {
        using var stream = typeof(PlanSchema).Assembly.GetManifestResourceStream("plan.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
