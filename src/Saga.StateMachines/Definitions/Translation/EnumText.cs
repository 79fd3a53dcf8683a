using System.Text.Json;
using System.Text.Json.Serialization;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>How an enum is written: as a number, unless a converter says otherwise.</summary>
internal static class EnumText
{
    public static bool IsText(Type type, JsonConverter? converter) => type.IsEnum && Enum.GetValues(type) is { Length: > 0 } values
        && JsonSerializer.SerializeToElement(values.GetValue(0), type, Constants.OptionsWith(converter)).ValueKind == JsonValueKind.String;

    /// <summary>Whether the JSON text of every member is its name, as <see cref="Enum.ToString()"/> gives it.</summary>
    public static bool IsName(Type type, JsonConverter? converter) => type.IsEnum && !type.IsDefined(typeof(FlagsAttribute), inherit: false)
        && Enum.GetValues(type).Cast<object>().All(value =>
            JsonSerializer.SerializeToElement(value, type, Constants.OptionsWith(converter)) is { ValueKind: JsonValueKind.String } text && text.GetString() == value.ToString());
}
