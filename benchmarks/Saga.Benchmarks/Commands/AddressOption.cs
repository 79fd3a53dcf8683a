using System.CommandLine;

namespace Saga.Benchmarks.Commands;

/// <summary>An address of some schemes.</summary>
internal static class AddressOption
{
    public static Option<Uri?> Create(string name, string description, string example, params string[] schemes) => new(name)
    {
        Description = description,
        HelpName = "address",
        CustomParser = parsed =>
        {
            if (Uri.TryCreate(parsed.Tokens.Single().Value, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme))
                return address;
            parsed.AddError($"{name} must look like {example}.");
            return null;
        },
    };
}
