using System.Collections.Concurrent;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Saga.Worker.Tests.Cli;

/// <summary>As much of a server as the demonstration needs, on a real port.</summary>
internal sealed class ToyServer(bool honest = true)
{
    private readonly ConcurrentDictionary<string, ToyRun> _runs = [];

    public IEnumerable<ToyRun> Runs => _runs.Values;

    public string[] Arguments { get; private set; } = [];

    public WebApplication Build(string[] args)
    {
        Arguments = args;
        WebApplication server = WebApplication.CreateBuilder(args).Build();
        server.MapGet("/health/ready", () => "ready");
        server.MapPost("/api/runs", (JsonElement start) =>
        {
            string id = Guid.NewGuid().ToString();
            string[] steps = [.. start.GetProperty("steps").EnumerateArray().Select(step => step.GetString()!)];
            _runs[id] = new ToyRun(id, steps, honest);
            return Look(id);
        });
        server.MapGet("/api/runs/{id}", Look);
        server.MapPost("/api/runs/{id}/cancel", (string id) => Change(id, run => run.Cancel()));
        server.MapPost("/api/runs/{id}/rollback", (string id) => Change(id, run => run.RollBack()));
        return server;
    }

    private IResult Change(string id, Action<ToyRun> change)
    {
        change(_runs[id]);
        return Look(id);
    }

    private IResult Look(string id) => Results.Text(_runs[id].Look(), MediaTypeNames.Application.Json);
}
