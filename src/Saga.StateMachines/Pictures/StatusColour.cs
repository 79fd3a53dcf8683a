namespace Saga.StateMachines.Pictures;

/// <summary>The colours of statuses. A picture also names the status, so that it can be read without them.</summary>
internal static class StatusColour
{
    public static string OfBox(string status) => status switch
    {
        "running" => "lightskyblue",
        "waiting" => "lavender",
        "retrying" => "orange",
        "completed" => "palegreen",
        "failed" => "salmon",
        "skipped" => "gray90",
        "compensating" => "khaki",
        "compensated" => "wheat",
        "compensation_failed" => "tomato",
        "unknown" => "plum",
        _ => "white",
    };

    // What is light enough behind text is too light for a line.
    public static string OfLine(string status) => status switch
    {
        "running" => "dodgerblue",
        "waiting" => "slateblue",
        "retrying" => "darkorange",
        "completed" => "forestgreen",
        "failed" or "compensation_failed" => "red",
        "compensating" => "goldenrod",
        "compensated" => "peru",
        "unknown" => "purple",
        _ => "gray60",
    };
}
