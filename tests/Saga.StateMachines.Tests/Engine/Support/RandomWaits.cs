using System.Text.Json.Nodes;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>Random waits for signals, of which there are few, so that several nodes wait for the same.</summary>
internal static class RandomWaits
{
    public static string[] Names(int choice) => (choice % 4) switch { 0 => ["s0"], 1 => ["s1"], 2 => ["s0", "s1"], _ => ["s1", "s2"] };

    public static JsonObject Signal(ByteReader bytes, bool mayTimeOut)
    {
        var signal = new JsonObject
        {
            ["names"] = new JsonArray([.. Names(bytes.Next()).Select(name => (JsonNode)name)]),
            ["mode"] = bytes.OnceIn(2) ? "all" : "any",
        };
        if (mayTimeOut && bytes.OnceIn(2))
        {
            signal["timeout"] = "PT1H";
            var onTimeout = bytes.Below(3);
            signal["onTimeout"] = onTimeout switch { 0 => "continue", 1 => "default", _ => "fail" };
            if (onTimeout == 1)
            {
                signal["default"] = "nobody came";
            }
        }

        return signal;
    }
}
