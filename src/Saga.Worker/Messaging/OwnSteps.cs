using Saga.Consumers;
using Saga.StateMachines.Steps;

namespace Saga.Worker.Messaging;

/// <summary>
/// Remembers the steps this very process hosts before it takes its first start, which could otherwise overtake their announcement.
/// </summary>
internal sealed class OwnSteps(StepCatalogue catalogue, StepRegistry registry) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        registry.RememberAsync([.. catalogue.Steps.Select(step => step.Announce())], cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
