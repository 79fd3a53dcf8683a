using Microsoft.EntityFrameworkCore;
using Saga.StateMachines.Persistence;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Persistence;

public sealed class The_tables
{
    [Fact]
    public void Have_a_migration_for_every_change_of_the_model()
    {
        using var dbContext = new DesignTimeRunDbContextFactory().CreateDbContext([]);

        dbContext.Database.HasPendingModelChanges().ShouldBeFalse("Generate a migration; CONTRIBUTING.md says how.");
    }

    [Fact]
    public void Are_named_in_snake_case_and_belong_to_the_product()
    {
        using var dbContext = new DesignTimeRunDbContextFactory().CreateDbContext([]);

        dbContext.Model.GetEntityTypes().Select(type => type.GetTableName())
            .ShouldBe(["saga_definitions", "saga_faults", "saga_outbox", "saga_plans", "saga_runs", "saga_signals", "saga_step_results", "saga_steps"], ignoreOrder: true);
        dbContext.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Select(property => property.GetColumnName())
            .ShouldAllBe(name => name == SnakeCase.From(name));
    }

    [Fact]
    public void Find_a_ledger_row_by_its_run_and_index_and_nothing_else()
    {
        using var dbContext = new DesignTimeRunDbContextFactory().CreateDbContext([]);

        dbContext.Model.FindEntityType(typeof(LedgerRow))!.FindPrimaryKey()!.Properties.Select(property => property.GetColumnName())
            .ShouldBe(["run_id", "node_index"]);
    }
}
