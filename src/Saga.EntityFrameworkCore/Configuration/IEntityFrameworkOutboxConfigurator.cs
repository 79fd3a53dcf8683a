using Saga.EntityFrameworkCore.Outbox;

// The namespace of the well-known package's types, so that moving between the two changes no code.
namespace MassTransit;

/// <summary>
/// Configures the outbox and the inbox of a context, with the names of the well-known package where they mean the same. It has no
/// <c>IsolationLevel</c> and no <c>LockStatementProvider</c>, because no message holds a lock here, and no <c>QueryTimeout</c>, because the
/// context's own command timeout applies: leave those lines out.
/// </summary>
public interface IEntityFrameworkOutboxConfigurator
{
    /// <summary>How long the inbox remembers a message: see <see cref="OutboxOptions.DuplicateDetectionWindow"/>.</summary>
    TimeSpan DuplicateDetectionWindow { get; set; }

    /// <summary>
    /// How often rows left behind are looked for: see <see cref="OutboxOptions.SweepInterval"/>. It delays nothing else, since messages are
    /// delivered right after their commit.
    /// </summary>
    TimeSpan QueryDelay { get; set; }

    /// <summary>How many rows left behind are taken at once: see <see cref="OutboxOptions.SweepLimit"/>.</summary>
    int QueryMessageLimit { get; set; }

    /// <summary>Changes any of the options. What is set with <c>services.Configure&lt;OutboxOptions&gt;</c> counts too.</summary>
    /// <param name="configure">Sets the options that differ from their defaults.</param>
    /// <returns>This configurator.</returns>
    IEntityFrameworkOutboxConfigurator Configure(Action<OutboxOptions> configure);

    /// <summary>
    /// Says that the context is on PostgreSQL, which is checked when the host starts. It may be left out: the database is recognised.
    /// </summary>
    /// <returns>This configurator.</returns>
    IEntityFrameworkOutboxConfigurator UsePostgres();

    /// <summary>Says that the context is on SQLite, which is checked when the host starts. It may be left out: the database is recognised.</summary>
    /// <returns>This configurator.</returns>
    IEntityFrameworkOutboxConfigurator UseSqlite();

    /// <summary>
    /// Leaves the inbox's old rows where they are. Use it where many processes share a database and one of them is to clean up.
    /// </summary>
    void DisableInboxCleanupService();

    /// <summary>
    /// Makes <see cref="IPublishEndpoint"/> and <see cref="ISendEndpointProvider"/> outside a consumer, as in an HTTP request, store their messages in the
    /// scope's context. The caller's own <c>SaveChanges</c>, or its transaction, commits them with whatever else has changed, and they are
    /// delivered at once afterwards. Without a commit nothing is sent.
    /// </summary>
    /// <param name="configure">Changes how messages are delivered.</param>
    void UseBusOutbox(Action<IEntityFrameworkBusOutboxConfigurator>? configure = null);
}
