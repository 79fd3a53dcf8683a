using System.CommandLine;
using Saga.Benchmarks.Workers;

namespace Saga.Benchmarks.Commands;

/// <summary>Is a worker of the product under measurement. The other commands start it; see <see cref="WorkerProcess"/>.</summary>
internal sealed class WorkerCommand : Command
{
    private readonly Option<FileInfo> _log = new("--log") { Description = "Where its log goes.", Required = true };

    public WorkerCommand()
        : base(ProductWorker.Name, "Be a worker that counts what it does, until the standard input ends.")
    {
        Hidden = true;
        TreatUnmatchedTokensAsErrors = false;
        Add(_log);
        SetAction((parsed, cancellation) => ProductWorker.RunAsync(parsed.GetValue(_log)!, [.. parsed.UnmatchedTokens], cancellation));
    }
}
