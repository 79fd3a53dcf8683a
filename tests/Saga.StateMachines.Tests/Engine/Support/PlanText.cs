using System.Text.Json;
using Saga.StateMachines.Plans;
using Shouldly;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>Plans for tests, written as JSON.</summary>
internal static class PlanText
{
    public static Plan Read(string json)
    {
        var result = PlanReader.Read(JsonElement.Parse(json));
        result.Errors.ShouldBeEmpty(json);
        return result.Plan!;
    }
}
