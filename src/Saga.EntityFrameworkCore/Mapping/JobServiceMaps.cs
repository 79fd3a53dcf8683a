using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Saga.EntityFrameworkCore.Databases;

// The namespace of the well-known package's types, so that moving between the two changes no code.
namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Maps the job service's saga of a type of jobs. Its <c>Version</c> is the concurrency token.</summary>
public class JobTypeSagaMap : SagaClassMap<JobTypeSaga>
{
    /// <summary>Makes the map.</summary>
    /// <param name="optimistic">Either: concurrency is always optimistic here.</param>
    public JobTypeSagaMap(bool optimistic = true) => _ = optimistic;

    /// <inheritdoc/>
    protected override void Configure(EntityTypeBuilder<JobTypeSaga> entity, ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(entity);
        entity.Property(type => type.Version).IsConcurrencyToken();
        entity.Ignore(type => type.RowVersion);
        entity.Property(type => type.ActiveJobs).HasJsonConversion();
        entity.Property(type => type.Instances).HasJsonConversion();
        entity.Property(type => type.Properties).HasJsonConversion();
    }
}

/// <summary>Maps the job service's saga of a job. Its <c>Version</c> is the concurrency token.</summary>
public class JobSagaMap : SagaClassMap<JobSaga>
{
    /// <summary>Makes the map.</summary>
    /// <param name="optimistic">Either: concurrency is always optimistic here.</param>
    public JobSagaMap(bool optimistic = true) => _ = optimistic;

    /// <inheritdoc/>
    protected override void Configure(EntityTypeBuilder<JobSaga> entity, ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(entity);
        entity.Property(job => job.Version).IsConcurrencyToken();
        entity.Ignore(job => job.RowVersion);
        entity.Property(job => job.StartDate).HasConversion<UtcConverter>();
        entity.Property(job => job.EndDate).HasConversion<UtcConverter>();
        entity.Property(job => job.NextStartDate).HasConversion<UtcConverter>();
        entity.Property(job => job.Job).HasJsonConversion();
        entity.Property(job => job.IncompleteAttempts).HasJsonConversion();
        entity.Property(job => job.JobState).HasJsonConversion();
        entity.Property(job => job.JobProperties).HasJsonConversion();
    }
}

/// <summary>Maps the job service's saga of an attempt at a job. Its <c>Version</c> is the concurrency token.</summary>
public class JobAttemptSagaMap : SagaClassMap<JobAttemptSaga>
{
    /// <summary>Makes the map.</summary>
    /// <param name="optimistic">Either: concurrency is always optimistic here.</param>
    public JobAttemptSagaMap(bool optimistic = true) => _ = optimistic;

    /// <inheritdoc/>
    protected override void Configure(EntityTypeBuilder<JobAttemptSaga> entity, ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(entity);
        entity.Property(attempt => attempt.Version).IsConcurrencyToken();
        entity.Ignore(attempt => attempt.RowVersion);
        entity.HasIndex(attempt => new { attempt.JobId, attempt.RetryAttempt }).IsUnique();
    }
}
