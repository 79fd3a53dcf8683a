using System.Collections.ObjectModel;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Saga.Integration.Tests.Servers;
using Saga.StateMachines.StateMachine;
using Saga.Worker.Messaging;
using QueueType = Saga.Worker.Hosting.QueueType;

namespace Saga.Integration.Tests.Deployments;

/// <summary>Worker processes on one database and one broker, as somebody would run them.</summary>
public sealed class Deployment : IAsyncDisposable
{
    /// <summary>Has a process tell of each run that it begins, too.</summary>
    public static readonly IReadOnlyDictionary<string, string> Talkative = new Dictionary<string, string> { ["Logging__LogLevel__Saga.StateMachines"] = "Debug" };

    /// <summary>Has a process tell of each answer of a step.</summary>
    public static readonly IReadOnlyDictionary<string, string> TellsEachAnswer = new Dictionary<string, string> { ["Logging__LogLevel__Saga.Consumers"] = "Debug" };

    public const string Orchestrator = "orchestrator";
    public const string Steps = "steps";
    public const string Api = "api";

    // The newest lines are the ones that explain a failure; two processes' worth of them is still readable.
    private const int ShownLines = 40;

    private readonly List<WorkerProcess> _workers = [];
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly bool _brokerIsMortal;

    private Deployment(string database, Uri broker, bool brokerIsMortal, params IAsyncDisposable[] owned)
    {
        Database = new RunDatabase(database);
        Broker = broker;
        _brokerIsMortal = brokerIsMortal;
        _owned.AddRange(owned);
    }

    public RunDatabase Database { get; }

    public Uri Broker { get; }

    /// <summary>The last lines of every process, for messages of failures.</summary>
    public string Output => string.Join(Environment.NewLine, _workers.Select(worker => LastLines(worker.Output)));

    /// <summary>On a new database and a new virtual host of the shared servers.</summary>
    public static async Task<Deployment> CreateAsync(TestServers servers)
    {
        var database = await servers.CreateDatabaseAsync();
        var virtualHost = await servers.CreateVirtualHostAsync();
        return new Deployment(database.ConnectionString, virtualHost.Uri, brokerIsMortal: false, database, virtualHost);
    }

    /// <summary>On a database server that the test may kill.</summary>
    public static async Task<Deployment> CreateAsync(TestServers servers, KillableServer postgres)
    {
        var virtualHost = await servers.CreateVirtualHostAsync();
        return new Deployment(postgres.Address, virtualHost.Uri, brokerIsMortal: false, virtualHost);
    }

    /// <summary>On a broker that the test may kill.</summary>
    public static async Task<Deployment> CreateOnBrokerAsync(TestServers servers, KillableServer rabbitMq)
    {
        var database = await servers.CreateDatabaseAsync();
        var virtualHost = await TestVirtualHost.CreateAsync(new Uri(rabbitMq.Address), rabbitMq.ReadFile("management-uri"));
        return new Deployment(database.ConnectionString, virtualHost.Uri, brokerIsMortal: true, database, virtualHost);
    }

    /// <summary>Starts one more process with these roles, and returns once it is ready.</summary>
    public Task<WorkerProcess> StartAsync(params string[] roles) => StartAsync(ReadOnlyDictionary<string, string>.Empty, roles);

    /// <summary>Starts one more process with these roles and environment variables, and returns once it is ready.</summary>
    public async Task<WorkerProcess> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] roles)
    {
        var worker = await WorkerProcess.StartAsync(new WorkerSettings
        {
            Roles = string.Join(',', roles),
            Database = Database.ConnectionString,
            Broker = Broker,
            Environment = environment,
        });
        lock (_workers)
        {
            _workers.Add(worker);
        }

        // Asked for after it is ready, they could be what the broker is doing when the test kills it.
        if (_brokerIsMortal && roles.Contains(Orchestrator))
            await QueuesForAnswersAreThereAsync();
        return worker;
    }

    /// <summary>Returns once plans may name the built-in steps, which a worker announces when it starts.</summary>
    public Task StepsAreKnownAsync() => SeeStepAsync("echo");

    /// <summary>Returns once plans may name the step.</summary>
    public Task SeeStepAsync(string step) =>
        Eventually.TrueAsync($"the step {step} to be known", cancellation => Database.KnowsStepAsync(step, cancellation), context: () => Output);

    /// <summary>Returns as soon as that many runs have ended, which is the middle of a load.</summary>
    public Task SomeRunsHaveEndedAsync(int count) =>
        Eventually.SeeAsync($"{count} runs to end", Database.CountEndedRunsAsync, ended => ended >= count, context: () => Output);

    /// <summary>Nothing is on its way any more, and nothing could not be handled.</summary>
    public async Task ShouldBeIdleAsync()
    {
        await Eventually.SeeAsync("the outbox to be empty", Database.CountOutboxRowsAsync, rows => rows == 0, context: () => Output);
        await new DeadLetters(Broker).ShouldBeNoneAsync(() => Output);
    }

    /// <summary>Whether the queue is there and of this type, and gives its messages out as often as they come back.</summary>
    public async Task<bool> IsQueueOfTypeAsync(string queue, string type)
    {
        await using var connection = await new ConnectionFactory { Uri = Broker }.CreateConnectionAsync();
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { [Headers.XQueueType] = type };
        if (type == QueueType.Quorum.Name())
            arguments.Add(QueueTypes.DeliveryLimit, QueueTypes.ReturnsWithoutEnd);
        return await IsThereAsync(connection, queue, CancellationToken.None)
            && await IsAllowedAsync(connection, channel => channel.QueueDeclareAsync(queue, true, false, false, arguments), Constants.PreconditionFailed, CancellationToken.None);
    }

    /// <summary>Returns once nothing waits in these queues.</summary>
    public Task QueuesAreEmptyAsync(params string[] queues) => Eventually.SeeAsync(
        $"{string.Join(", ", queues)} to be empty",
        async cancellation =>
        {
            await using var connection = await new ConnectionFactory { Uri = Broker }.CreateConnectionAsync(cancellation);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            long waiting = 0;
            foreach (var queue in queues)
                waiting += (await channel.QueueDeclarePassiveAsync(queue, cancellation)).MessageCount;
            return waiting;
        },
        waiting => waiting == 0,
        context: () => Output);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_workers.Select(worker => worker.DisposeAsync().AsTask()));
        await Database.DisposeAsync();
        foreach (var server in _owned)
        {
            try
            {
                await server.DisposeAsync();
            }
            catch (HttpRequestException) when (_brokerIsMortal)
            {
                // A test failed while the broker was dead, which is not what its failure should say.
            }
        }
    }

    private async Task QueuesForAnswersAreThereAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = Broker }.CreateConnectionAsync();
        foreach (var queue in Enumerable.Range(1, SagaQueues.AnswerQueues).Select(SagaQueues.AnswersName))
            await Eventually.TrueAsync($"{queue} to be there", cancellation => IsThereAsync(connection, queue, cancellation), context: () => Output);
    }

    private static Task<bool> IsThereAsync(IConnection connection, string queue, CancellationToken cancellation) =>
        IsAllowedAsync(connection, channel => channel.QueueDeclarePassiveAsync(queue, cancellation), Constants.NotFound, cancellation);

    private static async Task<bool> IsAllowedAsync(IConnection connection, Func<IChannel, Task> ask, ushort refusal, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            await ask(channel);
            return true;
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == refusal)
        {
            return false;
        }
    }

    private static string LastLines(string output)
    {
        var lines = output.Split(Environment.NewLine);
        return string.Join(Environment.NewLine, lines.Take(1).Concat(lines.Skip(1).TakeLast(ShownLines)));
    }
}
