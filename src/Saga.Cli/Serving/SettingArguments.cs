using Saga.StateMachines.Plans;
using Saga.Worker.Hosting;

namespace Saga.Cli.Serving;

/// <summary>The settings after <c>saga server</c>. The host takes no notice of one it does not know, so a misspelt one is told here.</summary>
internal static class SettingArguments
{
    private static readonly string[] _names =
        ["urls", "http_ports", "https_ports", "environment", "contentRoot", "applicationName", "AllowedHosts", "DetailedErrors", "shutdownTimeoutSeconds"];

    /// <summary>What is wrong with the first that cannot be a setting; null when all may be.</summary>
    public static string? ProblemOf(IReadOnlyList<string> words)
    {
        int i = 0;
        while (i < words.Count)
        {
            bool hasValue = words[i].Contains('=', StringComparison.Ordinal);
            string key = words[i].Split('=', 2)[0].TrimStart('-', '/');
            if (!hasValue && !words[i].StartsWith('-') && !words[i].StartsWith('/'))
                return $"`{words[i]}` is no setting. A setting is written `--Name=value` or `--Name value`.";
            if (Unknown(key) is { } problem)
                return problem;
            i += hasValue ? 1 : 2;
            if (i > words.Count)
                return $"--{key} has no value. A setting is written `--Name=value` or `--Name value`.";
        }

        return null;
    }

    private static string? Unknown(string key)
    {
        string withColons = key.Replace("__", ":", StringComparison.Ordinal);
        if (SettingNames.ProblemOf(withColons, known => $"--{known}", _ => false) is { } misspelt)
            return misspelt;

        // Only in the names of variables two underscores stand for a colon.
        if (withColons != key)
            return $"There is no setting `--{key}`. Did you mean `--{withColons}`?";

        bool isInSection = key.Contains(':', StringComparison.Ordinal);
        string name = key.Split(':', 2)[0];
        IReadOnlyList<string> known = isInSection ? SettingNames.Sections : _names;
        if (known.Contains(name, StringComparer.OrdinalIgnoreCase))
            return null;

        IReadOnlyList<string> nearest = NearestStepNames.To(name, known, max: 1);
        string guess = nearest.Count > 0 ? $"Did you mean `--{nearest[0]}{key[name.Length..]}`?"
            : $"Settings are {string.Join(", ", SettingNames.Sections.Select(section => $"--{section}:…"))} and --{string.Join(", --", _names)}.";
        return $"There is no setting `--{key}`. {guess}";
    }
}
