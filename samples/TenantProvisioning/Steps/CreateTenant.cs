using Saga.Consumers;

namespace TenantProvisioning;

/// <summary>Opens the account of a tenant.</summary>
internal sealed class CreateTenant(TenantFolder folder) : IStep<TenantInput, TenantCreated>
{
    private const string File = "tenant.json";

    public async Task<StepResult<TenantCreated>> ExecuteAsync(StepContext<TenantInput> context)
    {
        var tenant = context.Input.Tenant;
        if (!TenantFolder.IsValidName(tenant))
        {
            return StepResult.Failed(
                "invalid_tenant", $"`tenant` is `{tenant}`. It must have 1 to 40 characters out of a-z, 0-9 and -. Choose another name.");
        }

        // A second delivery finds the account of its own run and says the same again. Another run's account is somebody else's.
        var account = new Account(tenant, context.RunId);
        var existing = await folder.CreateOrReadAsync(tenant, File, account, context.CancellationToken);
        if (existing != account)
            return StepResult.Failed("tenant_exists", $"Tenant `{tenant}` belongs to run {existing.RunId}.");

        context.Put("tenant_id", tenant);
        return new TenantCreated(tenant);
    }

    public async Task<CompensationOutcome> CompensateAsync(CompensationContext<TenantInput, TenantCreated> context)
    {
        var tenant = context.Input.Tenant;
        var existing = await folder.ReadAsync<Account>(tenant, File, context.CancellationToken);
        if (existing is null || existing.RunId != context.RunId)
            return CompensationOutcome.NothingToDo;

        folder.Delete(tenant, File);
        return CompensationOutcome.Compensated;
    }
}

/// <summary>What both steps take from the input of the run.</summary>
/// <param name="Tenant">The name of the tenant: 1 to 40 characters out of a-z, 0-9 and -.</param>
internal sealed record TenantInput(string Tenant);

/// <summary>What the step returns.</summary>
/// <param name="TenantId">The id of the tenant.</param>
internal sealed record TenantCreated(string TenantId);

/// <summary>A tenant's account, as it is stored.</summary>
internal sealed record Account(string Tenant, Guid RunId);
