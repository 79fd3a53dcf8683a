using Npgsql;
using RabbitMQ.Client;
using Shouldly;

namespace Saga.Integration.Tests.Servers;

public sealed class When_tests_need_servers(TestServers servers)
{
    [Fact]
    public async Task A_database_of_their_own_answers()
    {
        await using var database = await servers.CreateDatabaseAsync();

        (await QueryAsync(database.ConnectionString, "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Databases_are_apart()
    {
        await using var one = await servers.CreateDatabaseAsync();
        await using var other = await servers.CreateDatabaseAsync();
        await QueryAsync(one.ConnectionString, "CREATE TABLE only_in_one ()");

        (await QueryAsync(other.ConnectionString, "SELECT to_regclass('only_in_one')::text")).ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task A_virtual_host_of_their_own_takes_messages()
    {
        await using var virtualHost = await servers.CreateVirtualHostAsync();

        await SendAndSeeAsync(virtualHost.Uri, 1);
    }

    [Fact]
    public async Task Virtual_hosts_are_apart()
    {
        await using var one = await servers.CreateVirtualHostAsync();
        await using var other = await servers.CreateVirtualHostAsync();
        await SendAndSeeAsync(one.Uri, 1);

        await SendAndSeeAsync(other.Uri, 1);
    }

    [Fact]
    public async Task A_killed_database_comes_back_with_what_was_committed()
    {
        await using var server = await KillableServer.StartPostgresAsync();
        await QueryAsync(server.Address, "CREATE TABLE kept AS SELECT 42 AS answer");

        await server.KillAsync();
        await server.StartAgainAsync();

        (await QueryAsync(server.Address, "SELECT answer FROM kept")).ShouldBe(42);
    }

    [Fact]
    public async Task A_killed_broker_comes_back_with_what_was_confirmed()
    {
        await using var server = await KillableServer.StartRabbitMqAsync();
        await SendAndSeeAsync(new Uri(server.Address), 1);

        await server.KillAsync();
        await server.StartAgainAsync();

        await SendAndSeeAsync(new Uri(server.Address), 2);
    }

    private static async Task<object?> QueryAsync(string connectionString, string sql)
    {
        // Not pooled, because a connection to a server that was killed since would be handed out again.
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(unpooled);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Puts one more message into a quorum queue, and waits until so many are there then.</summary>
    private static async Task SendAndSeeAsync(Uri broker, uint expected)
    {
        var factory = new ConnectionFactory { Uri = broker };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.QueueDeclareAsync(
            "messages",
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" });

        // After a restart the queue refuses messages until it has elected a leader.
        await Eventually.TrueAsync("the message to be confirmed", async cancellation =>
        {
            await channel.BasicPublishAsync("", "messages", mandatory: true, new BasicProperties { Persistent = true }, "hello"u8.ToArray(), cancellation);
            return true;
        });

        // The confirmation says the message is safe; the count is brought up to date a moment later, and after a restart it begins with none.
        await Eventually.SeeAsync($"{expected} messages", cancellation => channel.MessageCountAsync("messages", cancellation), count => count == expected);
    }
}
