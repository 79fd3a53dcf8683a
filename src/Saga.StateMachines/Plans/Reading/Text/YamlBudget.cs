namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>How much one YAML document may still become: a few aliases of aliases stand for more than fits anywhere.</summary>
internal sealed class YamlBudget
{
    // Merging costs a look at every member, also where all of them are there already and nothing is written.
    private int _toMerge = 16 * DocumentText.MaxBytes;
    private int _toWrite = DocumentText.MaxBytes;

    /// <summary>Refuses text that will not fit, before it is encoded.</summary>
    public void Expect(int characters, int line)
    {
        if (characters > _toWrite)
            throw TooLarge(line);
    }

    public void Write(int bytes, int line)
    {
        _toWrite -= bytes;
        if (_toWrite < 0)
            throw TooLarge(line);
    }

    public void Merge(int bytes, int line)
    {
        _toMerge -= bytes;
        if (_toMerge < 0)
            throw new TextRefusedException("too_large", $"Up to here more than {16 * DocumentText.MaxBytes:N0} bytes are merged by `<<`. That is more than any plan needs. Merge less.", line);
    }

    private static TextRefusedException TooLarge(int line) =>
        new("too_large", $"As JSON, with all aliases written out, the text has more than {DocumentText.MaxBytes:N0} bytes. At most that many are allowed. Let nodes refer to one `constant` instead of repeating a value by aliases, pass it in the run's input, or split the plan.", line);
}
