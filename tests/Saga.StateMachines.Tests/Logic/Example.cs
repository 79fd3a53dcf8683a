using System.Text.Json;
using Saga.StateMachines.Logic;
using Shouldly;

namespace Saga.StateMachines.Tests.Logic;

/// <summary>An example of what a rule comes to: the JSON <c>[rule, data, value]</c>, or <c>[rule, value]</c> where no data is read.</summary>
internal static class Example
{
    public static void Holds(string example)
    {
        using var parts = JsonDocument.Parse(example);
        var rule = parts.RootElement[0];
        var data = parts.RootElement.GetArrayLength() == 3 ? parts.RootElement[1] : default;
        var result = JsonLogic.Evaluate(rule, data);
        result.Problem.ShouldBeNull();
        JsonElement.DeepEquals(result.Value, parts.RootElement.EnumerateArray().Last()).ShouldBeTrue($"It came to {result.Value.GetRawText()}");
    }
}
