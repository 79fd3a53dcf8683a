namespace Saga.EntityFrameworkCore.Tests.Databases;

/// <summary>How a service may use PostgreSQL.</summary>
public sealed record PostgresUse
{
    /// <summary>How many connections a process may have, where who waits longer than 5 s for one gives up; null for Npgsql's own number and patience.</summary>
    public int? Connections { get; init; }

    /// <summary>False has each context be given a connection that is open, instead of opening one when it needs it.</summary>
    public bool OpensThem { get; init; } = true;
}
