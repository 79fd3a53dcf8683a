using Saga.Consumers;

namespace TenantProvisioning;

/// <summary>Creates the database of the tenant that an earlier step created.</summary>
internal sealed class CreateDatabase(TenantFolder folder) : IStep<TenantInput, DatabaseCreated>
{
    private const string File = "database.json";

    public async Task<StepResult<DatabaseCreated>> ExecuteAsync(StepContext<TenantInput> context)
    {
        if (!context.TryGet<string>("tenant_id", out var tenant))
            return StepResult.Failed("no_tenant", "The run has no `tenant_id` yet. Put create-tenant before create-database.");

        // The key is the same for every delivery, so a repeat finds the database it made before.
        var database = new Database($"db-{tenant}", context.RunId, context.IdempotencyKey);
        var existing = await folder.CreateOrReadAsync(tenant, File, database, context.CancellationToken);
        if (existing.IdempotencyKey != context.IdempotencyKey)
            return StepResult.Failed("database_exists", $"Database `{existing.Name}` exists already.");

        return new DatabaseCreated(existing.Name);
    }

    public async Task<CompensationOutcome> CompensateAsync(CompensationContext<TenantInput, DatabaseCreated> context)
    {
        var tenant = context.Input.Tenant;
        var existing = await folder.ReadAsync<Database>(tenant, File, context.CancellationToken);
        if (existing is null || existing.RunId != context.RunId)
            return CompensationOutcome.NothingToDo;

        folder.Delete(tenant, File);
        return CompensationOutcome.Compensated;
    }
}

/// <summary>What the step returns.</summary>
/// <param name="Name">The name of the database.</param>
internal sealed record DatabaseCreated(string Name);

/// <summary>A database, as it is stored.</summary>
internal sealed record Database(string Name, Guid RunId, string IdempotencyKey);
