using System.Diagnostics;
using MassTransit;
using Saga.Contracts;

namespace Saga.Benchmarks.Load;

/// <summary>Subscribes to every way a run can end, as a service that starts runs does.</summary>
internal static class EndedRunsEndpoint
{
    public static void TellEndedRuns(this IReceiveEndpointConfigurator endpoint, Action<EndedRun> tell)
    {
        endpoint.Handler<ProvisioningCompleted>(context => Tell(context.Message.RunId, EndedRun.Completed));
        endpoint.Handler<ProvisioningRolledBack>(context => Tell(context.Message.RunId, "rolled_back"));
        endpoint.Handler<ProvisioningFailed>(context => Tell(context.Message.RunId, "failed"));
        endpoint.Handler<ProvisioningRejected>(context => Tell(context.Message.RunId, EndedRun.Rejected));

        Task Tell(Guid runId, string status)
        {
            tell(new EndedRun(runId, status, Stopwatch.GetTimestamp()));
            return Task.CompletedTask;
        }
    }
}
