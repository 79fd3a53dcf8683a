using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A template that is read and checked. It is made when all nodes have positions.</summary>
/// <param name="Written">How it was written.</param>
/// <param name="Part">What it is.</param>
internal sealed record DraftTemplate(JsonElement Written, DraftPart Part)
{
    public Template Make() => Part.Make();

    public void Write(Utf8JsonWriter json, string property)
    {
        json.WritePropertyName(property);
        Written.WriteTo(json);
    }
}
