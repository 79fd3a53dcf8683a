using Definitions;
using Saga.StateMachines.Definitions;
using Saga.Worker.Hosting;

// The whole server, with the definitions written here registered before it takes its first start.
return await WorkerHost.RunAsync(args, services => services.AddRunDefinition<Network>());
