namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>The text is so wrong that reading it ends here. It never leaves the reader.</summary>
/// <param name="code">The broken rule.</param>
/// <param name="message">The fact, the rule and the remedy.</param>
/// <param name="line">Where, from 1.</param>
public sealed class TextRefusedException(string code, string message, int line) : Exception(message)
{
    /// <summary>The broken rule.</summary>
    public string Code => code;

    /// <summary>The line at which the reading ended, from 1.</summary>
    public int Line => line;
}
