namespace Saga.Contracts.Json;

/// <summary>What in a value breaks <see cref="ValueRule"/>, and where.</summary>
public sealed record ValueFault
{
    private const int ShownPointer = 80;

    /// <summary>A short name for programs: <see cref="ValueRule.InvalidText"/> or <see cref="ValueRule.TooDeep"/>.</summary>
    public required string Code { get; init; }

    /// <summary>Where: a JSON pointer (RFC 6901) into the value; empty for the value itself.</summary>
    public required string Pointer { get; init; }

    /// <summary>What is there, as the end of a sentence that begins with the name of the value.</summary>
    public required string Fact { get; init; }

    /// <summary>The rule and the remedy.</summary>
    public required string Rule { get; init; }

    /// <summary>The fact, the rule and the remedy.</summary>
    /// <param name="value">What the value is called, such as <c>`input`</c>.</param>
    public string Explain(string value) => $"{value} {Fact}{Place}. {Rule}";

    /// <summary>The same as a reason to refuse a command.</summary>
    /// <param name="value">What the value is called, such as <c>`input`</c>.</param>
    /// <param name="pointer">Where in the command the value is.</param>
    public ProvisioningError ToError(string value, string pointer) => new() { Pointer = pointer + Pointer, Code = Code, Message = Explain(value) };

    private string Place => Pointer.Length switch
    {
        0 => "",
        <= ShownPointer => $" at `{Pointer}`",
        _ => $" at `{Pointer[..ShownPointer]}…`",
    };
}
