using System.Text.Json;
using System.Text.Json.Serialization;

namespace Saga.Worker.Api;

/// <summary>
/// Takes a plan document as it stands. A name that is there twice is refused elsewhere in a body; in a plan the reader of plans finds it, which says where, and says the
/// same when the plan is only checked.
/// </summary>
internal sealed class PlanDocumentConverter : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);
}
