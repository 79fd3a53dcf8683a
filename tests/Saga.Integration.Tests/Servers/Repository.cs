namespace Saga.Integration.Tests.Servers;

/// <summary>Finds files of the repository from wherever the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The command line program, built in the configuration that these tests were built in.</summary>
    public static string SagaDll { get; } = OutputOf("saga.dll", "src", "Saga.Cli");

    // …/bin/Release/net10.0/
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>What a project built, in the same configuration.</summary>
    public static string OutputOf(string file, params string[] project) => PathOf([.. project, "bin", Configuration, "net10.0", file]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Saga.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has Saga.sln in it.");
    }
}
