using System.CommandLine;
using Saga.Benchmarks.Workers;

namespace Saga.Benchmarks.Commands;

/// <summary>Is a worker under measurement. The other commands start it; see <see cref="WorkerProcess"/>.</summary>
internal sealed class WorkerCommand : Command
{
    private readonly Option<FileInfo> _log = new("--log") { Description = "Where its log goes.", Required = true };

    public WorkerCommand()
        : base("worker", "Be a worker that counts what it does, until the standard input ends.")
    {
        Hidden = true;
        TreatUnmatchedTokensAsErrors = false;
        Add(_log);
        SetAction((parsed, cancellation) => MeasuredWorker.RunAsync(parsed.GetValue(_log)!, [.. parsed.UnmatchedTokens], cancellation));
    }
}
