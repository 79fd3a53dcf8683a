using System.CommandLine;

namespace Saga.Cli.Commands;

/// <summary>What can be done with a plan document before anything runs.</summary>
internal sealed class PlanCommand : Command
{
    public PlanCommand(Surroundings surroundings)
        : base("plan", "Check a plan document, or draw it.")
    {
        Add(new PlanValidateCommand(surroundings));
        Add(new PlanGraphCommand(surroundings));
    }

    /// <summary>The argument that names a document.</summary>
    public static Argument<string> File() => new("file") { Description = "The plan document, in YAML or JSON, or - for standard input." };
}
