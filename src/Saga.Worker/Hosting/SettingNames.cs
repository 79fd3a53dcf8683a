using Saga.StateMachines.Plans;
using Saga.StateMachines.Starting;
using Saga.StateMachines.Waking;

namespace Saga.Worker.Hosting;

/// <summary>
/// The names of the settings of this product. .NET takes no notice of a setting that nobody reads, so one that is misspelt would do nothing, whether it is an argument, a variable of the
/// environment or a line of <c>appsettings.json</c>.
/// </summary>
public static class SettingNames
{
    private const string Section = "Saga";

    private const string Connections = "ConnectionStrings";

    private static readonly string[] _known =
    [
        WorkerSettings.DatabaseKey,
        WorkerSettings.BrokerKey,
        WorkerSettings.RolesKey,
        WorkerSettings.DefinitionsKey,
        WorkerSettings.QueueTypeKey,
        .. typeof(RunOptions).GetProperties().Select(option => $"{Section}:{option.Name}"),
        .. typeof(WakeOptions).GetProperties().Select(option => $"{Section}:Waking:{option.Name}"),
    ];

    /// <summary>Sections that settings may stand in, those of .NET among them.</summary>
    public static IReadOnlyList<string> Sections { get; } = [Connections, Section, "Logging", "Kestrel"];

    /// <summary>What is wrong with the name of a setting, such as <c>Saga:Rolse</c>; null when nothing is, or when it may be somebody else's.</summary>
    /// <param name="key">The name, with colons.</param>
    /// <param name="written">How a name is written where this one stands, such as <c>Saga__Roles</c> for <c>Saga:Roles</c>.</param>
    /// <param name="isSet">Whether a setting has a value. One that has was not meant by a name outside of this product's own section.</param>
    public static string? ProblemOf(string key, Func<string, string> written, Func<string, bool> isSet)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(isSet);
        if (_known.Contains(key, StringComparer.OrdinalIgnoreCase) || _known.Any(known => known.StartsWith($"{key}:", StringComparison.OrdinalIgnoreCase)))
            return null;
        if (_known.FirstOrDefault(known => key.StartsWith($"{known}:", StringComparison.OrdinalIgnoreCase)) is { } single)
            return $"There is no setting `{written(key)}`, because `{written(single)}` is one text and no list or object. Write all of it as one text.";

        // An application that hosts this one has connections and sections of its own, which may be called anything but nearly the same.
        var nearest = NearestTo(key);
        if (!key.StartsWith($"{Section}:", StringComparison.OrdinalIgnoreCase) && (nearest is null || isSet(nearest)))
            return null;
        return $"There is no setting `{written(key)}`. " + (nearest is null
            ? $"Below `{Section}` there are {string.Join(", ", _known.Where(known => known.StartsWith($"{Section}:", StringComparison.Ordinal)).Select(known => $"`{written(known)}`"))}. Correct the name, or leave it out."
            : $"Did you mean `{written(nearest)}`?");
    }

    // Compared part by part, so that a long name does not make up for a short one that is quite another, and a part that is left out is told from one that is misspelt.
    private static string? NearestTo(string key)
    {
        var parts = key.Split(':');
        return _known.FirstOrDefault(known => known.Split(':') is var names && names.Length == parts.Length && parts.Index().All(part => IsNear(part.Item, names[part.Index])))
            ?? _known.FirstOrDefault(known => parts.Length > 1 && IsNear(parts[0], Section) && known.EndsWith($":{parts[^1]}", StringComparison.OrdinalIgnoreCase))
            ?? _known.FirstOrDefault(known => Joined(known).Equals(Joined(key), StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsNear(string part, string name) =>
        !NearestStepNames.To(part.ToUpperInvariant(), [name.ToUpperInvariant()], max: 1).IsEmpty;

    // As `Saga_Roles`, in which one underscore is missing.
    private static string Joined(string key) => key.Replace(":", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
}
