using System.CommandLine;
using Saga.Benchmarks.Ceiling;
using Saga.Benchmarks.Workers;
using Saga.Worker.Hosting;

namespace Saga.Benchmarks.Commands;

/// <summary>Is a process of the ceiling under measurement. `ceiling` starts it; see <see cref="WorkerProcess"/>.</summary>
internal sealed class CeilingWorkerCommand : Command
{
    private readonly Option<FileInfo> _log = new("--log") { Description = "Where its log goes.", Required = true };

    private readonly Option<Uri> _broker = new("--broker")
    {
        Description = "A virtual host of its own.",
        Required = true,
        CustomParser = parsed => new Uri(parsed.Tokens.Single().Value),
    };

    private readonly Option<string> _role = new("--role") { Description = "What it does.", Required = true };
    private readonly Option<QueueType> _queueType = QueueTypeOption.Create();
    private readonly Option<bool> _lean = new("--lean") { Description = "Publish nothing but the end of a run." };

    public CeilingWorkerCommand()
        : base(CeilingWorker.Name, "Be a process of the ceiling, until the standard input ends.")
    {
        Hidden = true;
        _role.AcceptOnlyFromAmong(CeilingWorker.Orchestrator, CeilingWorker.Steps);
        foreach (var option in new Option[] { _log, _broker, _role, _queueType, _lean })
            Add(option);
        SetAction((parsed, cancellation) => CeilingWorker.RunAsync(
            parsed.GetValue(_log)!,
            parsed.GetValue(_broker)!,
            parsed.GetValue(_role)!,
            new CeilingOptions(parsed.GetValue(_queueType), parsed.GetValue(_lean)),
            cancellation));
    }
}
