using System.Text.Json;
namespace Saga.StateMachines.Logic;
/// <summary>stub</summary>
public static class JsonLogic {
  /// <summary>stub</summary>
  public static (JsonElement Value, string? Problem) Evaluate(JsonElement rule, JsonElement data) => (rule, data.ToString());
  /// <summary>stub</summary>
  public static bool IsTruthy(JsonElement v) => v.ValueKind == JsonValueKind.True;
}
