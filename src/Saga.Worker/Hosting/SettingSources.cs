using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace Saga.Worker.Hosting;

/// <summary>Looks through all that a host is configured by, for names that are no settings.</summary>
internal static class SettingSources
{
    /// <summary>What is wrong with the names, each with the place it stands in.</summary>
    public static IReadOnlyList<string> Problems(IConfigurationRoot configuration)
    {
        var keys = configuration.AsEnumerable().Select(setting => setting.Key).Where(key => !configuration.GetSection(key).GetChildren().Any());
        return [.. keys.Select(key => ProblemOf(key, configuration)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static string? ProblemOf(string key, IConfigurationRoot configuration)
    {
        // The last one that has it counts.
        var source = configuration.Providers.LastOrDefault(provider => provider.TryGet(key, out _));
        return source switch
        {
            EnvironmentVariablesConfigurationProvider => Placed("Among the variables of the environment: ", name => name.Replace(":", "__", StringComparison.Ordinal)),
            CommandLineConfigurationProvider => Placed("Among the arguments: ", name => $"--{name}"),
            JsonConfigurationProvider { Source.Path: { } path } => Placed($"In {path}: ", name => name),
            _ => Placed("", name => name),
        };

        string? Placed(string place, Func<string, string> written) =>
            SettingNames.ProblemOf(key, written, name => configuration[name] is not null) is { } problem ? place + problem : null;
    }
}
