using System.Diagnostics.CodeAnalysis;

namespace Saga.Worker.Api;

/// <summary>A run id or the beginning of one, as the range of ids it may mean.</summary>
/// <param name="First">The lowest id.</param>
/// <param name="Last">The highest.</param>
internal sealed record RunIdPrefix(Guid First, Guid Last)
{
    private const int HexDigits = 32;

    public static bool TryParse(string text, [NotNullWhen(true)] out RunIdPrefix? prefix)
    {
        var digits = text.Replace("-", "", StringComparison.Ordinal);
        prefix = digits.Length is > 0 and <= HexDigits && digits.All(char.IsAsciiHexDigit)
            ? new RunIdPrefix(Guid.ParseExact(digits.PadRight(HexDigits, '0'), "N"), Guid.ParseExact(digits.PadRight(HexDigits, 'f'), "N"))
            : null;
        return prefix is not null;
    }
}
