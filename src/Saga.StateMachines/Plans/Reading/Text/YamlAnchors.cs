using YamlDotNet.Core;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>What was marked with a name, for the aliases that repeat it.</summary>
internal sealed class YamlAnchors
{
    private readonly Dictionary<AnchorName, (JsonPart Part, string? Text)> _all = [];

    /// <summary>A name means something else from where it is given again, and nothing until that is complete: no value is part of itself.</summary>
    public void Begin(AnchorName name) => _all.Remove(name);

    /// <summary>What has a name can be repeated from here on.</summary>
    /// <param name="name">The name.</param>
    /// <param name="part">What it stands for.</param>
    /// <param name="text">How that was written, when it is no collection: an alias may stand where a name of a mapping is expected.</param>
    public void Complete(AnchorName name, JsonPart part, string? text) => _all[name] = (part, text);

    /// <summary>What an alias repeats; null when there is nothing.</summary>
    public JsonPart? Find(AnchorName name) => _all.TryGetValue(name, out var found) ? found.Part : null;

    /// <summary>The text that an alias repeats; null when there is none.</summary>
    public string? FindText(AnchorName name) => _all.TryGetValue(name, out var found) ? found.Text : null;
}
