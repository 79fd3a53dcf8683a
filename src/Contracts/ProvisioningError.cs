namespace Saga.Contracts;

/// <summary>One reason why a command was refused.</summary>
public sealed record ProvisioningError
{
    /// <summary>Where: a JSON pointer (RFC 6901) into the command, such as <c>/steps/2</c>.</summary>
    public required string Pointer { get; init; }

    /// <summary>A short name of the broken rule for programs, such as <c>unknown_step</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The fact, the rule and the remedy, for people.</summary>
    public required string Message { get; init; }

    /// <summary>The line of the document, from 1, when it was YAML or JSON text; null otherwise.</summary>
    public int? Line { get; init; }
}
