using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Saga.Consumers;
using TenantProvisioning;

var builder = Host.CreateApplicationBuilder(args);

var broker = builder.Configuration.GetConnectionString("Broker")
    ?? throw new InvalidOperationException(
        "ConnectionStrings__Broker is not set. It must name the RabbitMQ of the server. Set it, for example to amqp://guest:guest@localhost:5672/");

builder.Services.AddSingleton(new TenantFolder(builder.Configuration["Tenants:Folder"] ?? "./tenants"));
builder.Services.AddStep<CreateTenant>().AddStep<CreateDatabase>();
builder.Services.AddMassTransit(bus =>
{
    bus.DisableUsageTelemetry();
    bus.AddStepConsumers();
    bus.UsingRabbitMq((context, rabbit) =>
    {
        rabbit.Host(new Uri(broker));
        rabbit.ConfigureStepEndpoints(context, (_, endpoint) =>
        {
            endpoint.SetQuorumQueue();

            // RabbitMQ 4 drops a command that came back 20 times, as those of a worker do that is killed over and over.
            endpoint.SetQueueArgument("x-delivery-limit", int.MaxValue);
        });
    });
});

await builder.Build().RunAsync();
