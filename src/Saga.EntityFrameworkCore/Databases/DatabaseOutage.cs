namespace Saga.EntityFrameworkCore.Databases;

/// <summary>The time in which a database does not do its work.</summary>
/// <param name="Trouble">Why, as it said last.</param>
/// <param name="Since">When this process met it first.</param>
/// <param name="LastSeen">When this process met it last.</param>
public sealed record DatabaseOutage(DatabaseTrouble Trouble, DateTimeOffset Since, DateTimeOffset LastSeen);
