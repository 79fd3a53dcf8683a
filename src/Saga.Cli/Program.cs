using System.Runtime.InteropServices;
using Saga.Cli;

using var stop = new CancellationTokenSource();

// The first signal ends the command in good order; a second one finds no handler that holds it back.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

return await CommandLine.InvokeAsync(args, Surroundings.OfThisProcess(), stop.Token);
