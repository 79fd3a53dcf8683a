using Saga.Worker.Hosting;

return await WorkerHost.RunAsync(args);
