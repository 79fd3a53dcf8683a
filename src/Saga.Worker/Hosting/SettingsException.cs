namespace Saga.Worker.Hosting;

/// <summary>The configuration cannot work.</summary>
/// <param name="problems">Every problem: the setting, the rule and the remedy.</param>
public sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>Every problem: the setting, the rule and the remedy.</summary>
    public IReadOnlyList<string> Problems => problems;
}
