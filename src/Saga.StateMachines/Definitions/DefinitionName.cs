using Saga.Contracts;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Definitions;

/// <summary>The rule for the name of a definition: its kind and version.</summary>
public static class DefinitionName
{
    /// <summary>What is wrong with the name, or null.</summary>
    public static ProvisioningError? Problem(string kind, int version) =>
        !StepNames.IsValid(kind) ? Error("/kind", "invalid_kind", $"The kind is `{kind}`. It follows the rule of step names: {StepNames.Rule} Correct it.")
        : version < 1 ? Error("/version", "invalid_version", $"The version is {version}. Versions count from 1. Correct it.")
        : null;

    private static ProvisioningError Error(string pointer, string code, string message) => new() { Pointer = pointer, Code = code, Message = message };
}
