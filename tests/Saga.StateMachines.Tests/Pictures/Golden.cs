using System.Runtime.CompilerServices;
using Shouldly;

namespace Saga.StateMachines.Tests.Pictures;

/// <summary>Pictures as they were approved. To approve new ones, run the tests with <c>SAGA_APPROVE=1</c> and look at the difference.</summary>
internal static class Golden
{
    public static void Compare(string picture, string name, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "Approved", $"{name}.dot");
        if (Environment.GetEnvironmentVariable("SAGA_APPROVE") == "1")
            File.WriteAllText(file, picture);
        picture.ShouldBe(File.ReadAllText(file));
    }
}
