using System.CommandLine;

namespace Saga.Benchmarks.Commands;

/// <summary>A count of something: from 1.</summary>
internal static class NumberOption
{
    public static Option<int> Create(string name, int byDefault, string description)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(parsed =>
        {
            if (parsed.GetValueOrDefault<int>() < 1)
                parsed.AddError($"{name} must be at least 1.");
        });
        return option;
    }
}
