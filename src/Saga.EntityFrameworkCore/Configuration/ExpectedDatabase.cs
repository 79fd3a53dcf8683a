using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Configuration;

/// <summary>Holds the database the outbox was configured for against the one its context uses.</summary>
internal sealed class ExpectedDatabase<TDbContext>(DatabaseKind expected, IServiceScopeFactory scopes) : IValidateOptions<OutboxOptions>
    where TDbContext : DbContext
{
    public ValidateOptionsResult Validate(string? name, OutboxOptions options)
    {
        using var scope = scopes.CreateScope();
        var found = DatabaseKinds.Of(scope.ServiceProvider.GetRequiredService<TDbContext>());
        return found == expected
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"The outbox of {typeof(TDbContext).Name} is configured with Use{expected}(), but the context is on {found}. Call Use{found}(), or leave it "
                + "out: the database is recognised.");
    }
}
