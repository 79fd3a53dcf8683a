namespace Saga.EntityFrameworkCore.Tests.Databases;

/// <summary>How a service may use PostgreSQL.</summary>
public sealed record PostgresUse
{
    /// <summary>How many connections a process may have. Who waits longer than 5 s for one gives up.</summary>
    public int Connections { get; init; } = 100;

    /// <summary>False has each context be given a connection that is open, instead of opening one when it needs it.</summary>
    public bool OpensThem { get; init; } = true;
}
