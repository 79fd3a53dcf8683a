using System.Buffers;
using System.Reflection;
using System.Text;

namespace Saga.Consumers;

/// <summary>The name of a step: from its attribute, or from its class.</summary>
internal static class StepName
{
    private const int MaxLength = 64;
    private const string Suffix = "Step";

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static string Of(Type type) => type.GetCustomAttribute<StepNameAttribute>()?.Name ?? FromClass(type.Name);

    public static bool IsValid(string? name) =>
        name is { Length: >= 1 and <= MaxLength } && char.IsAsciiLetterOrDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(Allowed);

    private static string FromClass(string name)
    {
        if (name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal))
            name = name[..^Suffix.Length];

        var kebab = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && BeginsWord(name, i))
                kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(name[i]));
        }

        return kebab.ToString();
    }

    // CreateVpc and CreateVPCPeering are create-vpc and create-vpc-peering: an acronym is one word, up to the capital of the next.
    private static bool BeginsWord(string name, int i) =>
        char.IsUpper(name[i])
        && name[i - 1] is not ('_' or '-')
        && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
