namespace Saga.Worker.Hosting;

/// <summary>What kind of queues the process makes on RabbitMQ. All survive a restart of the broker.</summary>
public enum QueueType
{
    /// <summary>Replicated over the nodes of a cluster, and written to disk before a message is handed on.</summary>
    Quorum,

    /// <summary>
    /// On one node, which hands a message on before it is on disk. For brokers that have one node only. What they have confirmed may not survive a loss of power.
    /// </summary>
    Classic,
}
