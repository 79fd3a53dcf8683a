using System.Runtime.InteropServices;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>A position in a <see cref="JsonOutput"/>.</summary>
/// <param name="Byte">How many bytes are before it.</param>
/// <param name="Token">How many tokens are before it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JsonPosition(int Byte, int Token);
