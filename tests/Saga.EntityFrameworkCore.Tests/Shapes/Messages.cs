namespace Saga.EntityFrameworkCore.Tests.Shapes;

public sealed record PutIntoCrate(Guid CrateId, string Article, int Amount);

/// <summary>Tells what is in a crate, and changes nothing.</summary>
public sealed record CountCrate(Guid CrateId);

public sealed record CloseCrate(Guid CrateId);

/// <summary>What is in the crate now.</summary>
public sealed record CrateCounted(Guid CrateId, string Contents);

public sealed record CrateClosed(Guid CrateId);
