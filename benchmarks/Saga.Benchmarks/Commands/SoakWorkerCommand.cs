using System.CommandLine;
using Saga.Benchmarks.Soak;
using Saga.Benchmarks.Workers;
using Saga.Worker.Hosting;

namespace Saga.Benchmarks.Commands;

/// <summary>Is a step worker of the soak. `soak` starts it; see <see cref="WorkerProcess"/>.</summary>
internal sealed class SoakWorkerCommand : Command
{
    private readonly Option<FileInfo> _log = new("--log") { Description = "Where its log goes.", Required = true };

    private readonly Option<Uri> _broker = new("--broker")
    {
        Description = "The broker of the soak.",
        Required = true,
        CustomParser = parsed => new Uri(parsed.Tokens.Single().Value),
    };

    private readonly Option<QueueType> _queueType = QueueTypeOption.Create();

    private readonly Option<string> _effects = new("--effects") { Description = "The database of the effects.", Required = true };

    public SoakWorkerCommand()
        : base(EffectWorker.Name, "Be a step worker of the soak, until the standard input ends.")
    {
        Hidden = true;
        foreach (var option in new Option[] { _log, _broker, _queueType, _effects })
            Add(option);
        SetAction((parsed, cancellation) => EffectWorker.RunAsync(
            parsed.GetValue(_log)!, parsed.GetValue(_broker)!, parsed.GetValue(_queueType), parsed.GetValue(_effects)!, cancellation));
    }
}
