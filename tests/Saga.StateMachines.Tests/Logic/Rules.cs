using System.Text.Json;
using Saga.StateMachines.Logic;

namespace Saga.StateMachines.Tests.Logic;

/// <summary>Rules made of text, also such as no ordinary parser takes.</summary>
internal static class Rules
{
    private static readonly JsonDocumentOptions _anyDepth = new() { MaxDepth = int.MaxValue };

    public static JsonElement Of(string json) => JsonElement.Parse(json, _anyDepth);

    public static LogicResult Evaluate(string rule, string data = "null", int maxOperations = JsonLogic.DefaultMaxOperations) =>
        JsonLogic.Evaluate(Of(rule), Of(data), maxOperations);

    /// <summary>A piece of JSON inside so many others.</summary>
    public static string Nested(int depth, string before, string inner, string after) =>
        string.Concat(Enumerable.Repeat(before, depth)) + inner + string.Concat(Enumerable.Repeat(after, depth));
}
