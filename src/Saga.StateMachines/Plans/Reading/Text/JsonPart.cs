namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>A value, or a member of an object, that was written.</summary>
/// <param name="Output">Where it was written.</param>
/// <param name="Begin">Its first token.</param>
/// <param name="End">What is behind its last.</param>
/// <param name="Height">How many collections are inside each other in it, itself counted.</param>
internal sealed record JsonPart(JsonOutput Output, JsonPosition Begin, JsonPosition End, int Height)
{
    public ReadOnlyMemory<byte> Bytes => Output.Bytes[Begin.Byte..End.Byte];
}
