namespace Saga.Cli.Api;

/// <summary>A name as a part of a path.</summary>
internal static class PathSegment
{
    /// <summary>The name, encoded.</summary>
    /// <param name="what">What it names, in a word or two.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="CommandFailedException">The name is one of the few that cannot be sent: dots are taken for directories, encoded or not.</exception>
    public static string Of(string what, string name) => name is "" or "." or ".."
        ? throw CommandFailedException.WrongUsage($"The {what} is `{name}`, which no URL can name.", "It must be neither empty nor `.` nor `..`. Correct it.")
        : Uri.EscapeDataString(name);
}
