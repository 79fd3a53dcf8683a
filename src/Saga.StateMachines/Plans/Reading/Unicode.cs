using System.Text.Json;
using Saga.Contracts.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Finds text that is JSON but no Unicode: bytes that are no UTF-8, and halves of surrogate pairs. Reading such text throws.</summary>
internal static class Unicode
{
    /// <summary>What is wrong and where; null when nothing is.</summary>
    public static (string Pointer, string Message)? Problem(JsonElement document)
    {
        if (document.ValueKind == JsonValueKind.Undefined)
            return ("", "There is no document. A plan is an object with `nodes`. Send one.");
        return ValueRule.Check(document, int.MaxValue) is { } fault ? (fault.Pointer, fault.Explain("The document")) : null;
    }
}
