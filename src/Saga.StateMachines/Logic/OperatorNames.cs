using System.Collections.Frozen;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Logic;

/// <summary>What somebody who wrote an unknown operator may have meant.</summary>
internal static class OperatorNames
{
    /// <summary>How other languages call the operators. Signs have no spelling that one could be near to.</summary>
    private static readonly FrozenDictionary<string, string> _elsewhere = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["="] = "==",
        ["<>"] = "!=",
        ["~="] = "!=",
        ["=<"] = "<=",
        ["=>"] = ">=",
        ["&&"] = "and",
        ["&"] = "and",
        ["||"] = "or",
        ["|"] = "or",
        ["not"] = "!",
        ["mod"] = "%",
        ["eq"] = "==",
        ["ne"] = "!=",
        ["lt"] = "<",
        ["le"] = "<=",
        ["gt"] = ">",
        ["ge"] = ">=",
        ["any"] = "some",
        ["every"] = "all",
        ["concat"] = "cat",
        ["contains"] = "in",
        ["substring"] = "substr",
        ["$ref"] = "var",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] _words = [.. Operators.All.Keys.Where(name => char.IsAsciiLetter(name[0]))];

    /// <summary>The one operator most likely meant, or null.</summary>
    public static string? NearestTo(string name) =>
        _elsewhere.TryGetValue(name, out var operation) ? operation
        : name.Any(char.IsAsciiLetter) ? NearestStepNames.To(name, _words, max: 1).FirstOrDefault()
        : null;
}
