using Microsoft.Extensions.Configuration;
using Saga.EntityFrameworkCore.Databases;
using Saga.Worker.Hosting;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Hosting;

public sealed class When_the_settings_are_read
{
    [Fact]
    public void Nothing_set_means_the_embedded_mode()
    {
        var settings = Read();

        settings.ShouldSatisfyAllConditions(
            () => settings.Roles.ShouldBe(WorkerRoles.All),
            () => settings.DatabaseKind.ShouldBe(DatabaseKind.Sqlite),
            () => settings.Database.ShouldBe("Data Source=data/saga.db"),
            () => settings.InMemoryQueues.ShouldBeTrue(),
            () => settings.QueueType.ShouldBe(QueueType.Quorum));
    }

    [Fact]
    public void Connection_strings_choose_the_database_and_the_broker()
    {
        var settings = Read(
            ("ConnectionStrings:Database", "Host=db;Database=saga;Username=u"),
            ("ConnectionStrings:Broker", "amqp://u:p@mq/vhost"),
            ("Saga:QueueType", "classic"),
            ("Saga:Roles", "Steps"));

        settings.ShouldSatisfyAllConditions(
            () => settings.Roles.ShouldBe(WorkerRoles.Steps),
            () => settings.NeedsDatabase.ShouldBeFalse(),
            () => settings.DatabaseKind.ShouldBe(DatabaseKind.Postgres),
            () => settings.Broker!.Host.ShouldBe("mq"),
            () => settings.QueueType.ShouldBe(QueueType.Classic));
    }

    [Fact]
    public void What_the_user_says_of_the_connection_pool_stays()
    {
        Read(("ConnectionStrings:Database", "Host=db;Maximum Pool Size=7")).Database.ShouldContain("Maximum Pool Size=7");
        Read(("ConnectionStrings:Database", "Host=db")).Database.ShouldContain("Maximum Pool Size=40");
    }

    [Theory]
    [InlineData("Saga:Roles", "orchestrator,cook", "Saga:Roles names the role 'cook'.")]
    [InlineData("Saga:Roles", "7", "Saga:Roles names the role '7'.")]
    [InlineData("ConnectionStrings:Database", "postgres://db", "ConnectionStrings:Database is no connection string for a database known here.")]
    [InlineData("ConnectionStrings:Database", "Host=db;Nonsense=1", "ConnectionStrings:Database is no connection string for a database known here.")]
    [InlineData("ConnectionStrings:Broker", "localhost:5672", "ConnectionStrings:Broker is no address of a RabbitMQ broker.")]
    [InlineData("Saga:QueueType", "stream", "Saga:QueueType is 'stream'. It must be quorum, or classic")]
    [InlineData("Saga:QueueType", "1", "Saga:QueueType is '1'.")]
    [InlineData("Saga:QueueType", "quorum,classic", "Saga:QueueType is 'quorum,classic'.")]
    [InlineData("Saga:Roles", "steps", "but ConnectionStrings:Broker is not set")]
    [InlineData("Saga:Roles", "api,orchestrator", "but ConnectionStrings:Broker is not set")]
    public void A_setting_that_cannot_work_is_named(string key, string value, string message) =>
        Should.Throw<SettingsException>(() => Read((key, value))).Problems.ShouldHaveSingleItem().ShouldContain(message);

    [Fact]
    public void Every_problem_is_told_at_once() =>
        Should.Throw<SettingsException>(() => Read(("Saga:Roles", "cook"), ("ConnectionStrings:Database", "x"), ("ConnectionStrings:Broker", "x")))
            .Problems.Count.ShouldBe(3);

    private static WorkerSettings Read(params (string Key, string Value)[] settings) =>
        WorkerSettings.From(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)))
            .Build());
}
