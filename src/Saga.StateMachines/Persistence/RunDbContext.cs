using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.StateMachines.Persistence;

/// <summary>The run's tables, the same on PostgreSQL and SQLite.</summary>
/// <param name="options">The provider and its connection.</param>
public sealed class RunDbContext(DbContextOptions<RunDbContext> options) : DbContext(options)
{
    // json keeps a document as it was sent; jsonb would sort its keys and refuse \u0000.
    private const string Json = "json";

    // SQLite takes the name `json` for one of numbers, and stores the text 1e400 as infinity and 12345678901234567890 as another number.
    private const string SqliteJson = "TEXT";

    /// <summary>The runs.</summary>
    public DbSet<Run> Runs => Set<Run>();

    /// <summary>What happened at their nodes.</summary>
    public DbSet<LedgerRow> Ledger => Set<LedgerRow>();

    /// <summary>What they follow.</summary>
    public DbSet<StoredPlan> Plans => Set<StoredPlan>();

    /// <summary>The plans that have a name.</summary>
    public DbSet<StoredDefinition> Definitions => Set<StoredDefinition>();

    /// <summary>The signals they received.</summary>
    public DbSet<SignalRow> Signals => Set<SignalRow>();

    /// <summary>The messages that could not be handled.</summary>
    public DbSet<FaultRow> Faults => Set<FaultRow>();

    /// <summary>The steps ever announced.</summary>
    public DbSet<KnownStep> KnownSteps => Set<KnownStep>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.AddOutboxMessageEntity(outbox =>
        {
            outbox.ToTable("saga_outbox");
            outbox.Property(row => row.Properties).HasColumnType(Json);

            // Hardly any message is scheduled, and the others need not pay for the index.
            outbox.HasIndex(row => row.ScheduleTokenId).HasFilter("schedule_token_id IS NOT NULL");
        });

        modelBuilder.Entity<Run>(Map);
        modelBuilder.Entity<LedgerRow>(Map);
        modelBuilder.Entity<StoredPlan>(Map);
        modelBuilder.Entity<StoredDefinition>(Map);
        modelBuilder.Entity<SignalRow>(Map);
        modelBuilder.Entity<KnownStep>(Map);
        modelBuilder.Entity<FaultRow>(Map);

        var isSqlite = Database.ProviderName?.EndsWith(".Sqlite", StringComparison.Ordinal) == true;
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            property.SetColumnName(SnakeCase.From(property.GetColumnName()));
            if (isSqlite && property.FindAnnotation(RelationalAnnotationNames.ColumnType)?.Value is Json)
                property.SetColumnType(SqliteJson);
        }
    }

    private static void Map(EntityTypeBuilder<Run> run)
    {
        run.ToTable("saga_runs");
        run.HasKey(row => row.CorrelationId);
        run.Property(row => row.CorrelationId).HasColumnName("id").ValueGeneratedNever();
        run.Property(row => row.Version).IsConcurrencyToken();
        run.Property(row => row.CurrentState).HasColumnName("status").HasMaxLength(32)
            .HasConversion(state => SnakeCase.From(state), status => SnakeCase.ToPascalCase(status));
        run.Property(row => row.PlanHash).HasMaxLength(64);
        run.Property(row => row.Kind).HasMaxLength(64);
        run.Property(row => row.CorrelationKey).HasMaxLength(200);
        run.Property(row => row.HeldKey).HasMaxLength(200);
        run.Property(row => row.Output).HasColumnType(Json);
        run.Property(row => row.Awaits).HasColumnType(Json);
        run.HasIndex(row => row.HeldKey).IsUnique().HasFilter("held_key IS NOT NULL");
        run.HasIndex(row => new { row.CorrelationKey, row.CreatedAt }).HasFilter("correlation_key IS NOT NULL");
        run.HasIndex(row => row.ParentRunId).HasFilter("parent_run_id IS NOT NULL");
        run.Property(row => row.Input).HasColumnType(Json);
        run.Property(row => row.Context).HasColumnType(Json);
        run.Property(row => row.Error).HasColumnType(Json);
        run.HasIndex(row => new { row.CreatedAt, row.CorrelationId });
        run.HasIndex(row => new { row.CurrentState, row.CreatedAt, row.CorrelationId });
    }

    private static void Map(EntityTypeBuilder<LedgerRow> ledger)
    {
        ledger.ToTable("saga_step_results");
        ledger.HasKey(row => new { row.RunId, row.NodeIndex });
        ledger.Property(row => row.NodeIndex).ValueGeneratedNever();
        ledger.Property(row => row.Status).HasMaxLength(32);
        ledger.Property(row => row.Compensation).HasMaxLength(32);
        ledger.Property(row => row.Input).HasColumnType(Json);
        ledger.Property(row => row.Output).HasColumnType(Json);
        ledger.Property(row => row.Kind).HasMaxLength(16);
        ledger.Property(row => row.WaitingFor).HasColumnType(Json);
        ledger.Property(row => row.Snapshot).HasColumnType(Json);
        ledger.Property(row => row.Resumption).HasColumnType(Json);

        // Few nodes wait at a time, and the others need not pay for the index.
        ledger.HasIndex(row => row.WakeAt).HasFilter("wake_at IS NOT NULL");
    }

    private static void Map(EntityTypeBuilder<StoredPlan> plan)
    {
        plan.ToTable("saga_plans");
        plan.HasKey(row => row.Hash);
        plan.Property(row => row.Hash).HasMaxLength(64);
        plan.Property(row => row.Body).HasColumnType(Json);
    }

    private static void Map(EntityTypeBuilder<StoredDefinition> definition)
    {
        definition.ToTable("saga_definitions");
        definition.HasKey(row => new { row.Kind, row.Version });
        definition.Property(row => row.Kind).HasMaxLength(64);
        definition.Property(row => row.Version).ValueGeneratedNever();
        definition.Property(row => row.PlanHash).HasMaxLength(64);
    }

    private static void Map(EntityTypeBuilder<SignalRow> signal)
    {
        signal.ToTable("saga_signals");
        signal.HasKey(row => new { row.RunId, row.Number });
        signal.Property(row => row.Number).ValueGeneratedNever();
        signal.Property(row => row.Name).HasMaxLength(128);
        signal.Property(row => row.Payload).HasColumnType(Json);
        signal.Property(row => row.DedupKey).HasMaxLength(200);
        signal.HasIndex(row => new { row.RunId, row.DedupKey }).IsUnique().HasFilter("dedup_key IS NOT NULL");
    }

    private static void Map(EntityTypeBuilder<FaultRow> fault)
    {
        fault.ToTable("saga_faults");
        fault.HasKey(row => row.MessageId);
        fault.Property(row => row.MessageId).ValueGeneratedNever();
        fault.Property(row => row.Message).HasMaxLength(FaultRow.MaxMessage);
        fault.Property(row => row.Queue).HasMaxLength(FaultRow.MaxName);
        fault.Property(row => row.Exception).HasMaxLength(FaultRow.MaxName);
        fault.HasIndex(row => row.RunId).HasFilter("run_id IS NOT NULL");
    }

    private static void Map(EntityTypeBuilder<KnownStep> step)
    {
        step.ToTable("saga_steps");
        step.HasKey(row => row.Name);
        step.Property(row => row.Name).HasMaxLength(64);
        step.Property(row => row.InputSchema).HasColumnType(Json);
        step.Property(row => row.OutputSchema).HasColumnType(Json);
    }
}
