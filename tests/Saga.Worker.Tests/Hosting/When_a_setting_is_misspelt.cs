using System.Text;
using Microsoft.Extensions.Configuration;
using Saga.Worker.Hosting;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Hosting;

public sealed class When_a_setting_is_misspelt
{
    [Theory]
    [InlineData("Saga:Rolse", "There is no setting `Saga:Rolse`. Did you mean `Saga:Roles`?")]
    [InlineData("saga:maxInputByte", "There is no setting `saga:maxInputByte`. Did you mean `Saga:MaxInputBytes`?")]
    [InlineData("Saga:Waking:Leese", "There is no setting `Saga:Waking:Leese`. Did you mean `Saga:Waking:Lease`?")]
    [InlineData("Saga:Wakeing:Lease", "There is no setting `Saga:Wakeing:Lease`. Did you mean `Saga:Waking:Lease`?")]
    [InlineData("Saga:PollInterval", "There is no setting `Saga:PollInterval`. Did you mean `Saga:Waking:PollInterval`?")]
    [InlineData("Sagas:Roles", "There is no setting `Sagas:Roles`. Did you mean `Saga:Roles`?")]
    [InlineData("Saga_Roles", "There is no setting `Saga_Roles`. Did you mean `Saga:Roles`?")]
    [InlineData("ConnectionStrings:Databse", "There is no setting `ConnectionStrings:Databse`. Did you mean `ConnectionStrings:Database`?")]
    [InlineData("ConnectionString:Broker", "There is no setting `ConnectionString:Broker`. Did you mean `ConnectionStrings:Broker`?")]
    [InlineData("Saga:Colour", "There is no setting `Saga:Colour`. Below `Saga` there are `Saga:Roles`, `Saga:Definitions`, `Saga:QueueType`, `Saga:MaxInputBytes`, `Saga:MaxValueBytes`, "
        + "`Saga:MaxContextBytes`, `Saga:Waking:PollInterval`, `Saga:Waking:Lease`, `Saga:Waking:Limit`. Correct the name, or leave it out.")]
    [InlineData("Saga:Roles:0", "There is no setting `Saga:Roles:0`, because `Saga:Roles` is one text and no list or object. Write all of it as one text.")]
    public void It_is_named_with_the_nearest(string key, string problem) =>
        Problems(builder => Add(builder, (key, "api"))).ShouldBe([problem]);

    [Theory]
    [InlineData("Saga:Roles")]
    [InlineData("SAGA:WAKING:LEASE")]
    [InlineData("Saga:Definitions")]
    [InlineData("SAGA_URL")]
    [InlineData("SAGA_STATE")]
    [InlineData("SAGA_PORT_5080_TCP")]
    [InlineData("Logging:LogLevel:Saga.StateMachines")]
    [InlineData("Kestrel:Endpoints:Http:Url")]
    [InlineData("ConnectionStrings:Reporting")]
    [InlineData("Shop:Roles")]
    [InlineData("PATH")]
    public void What_may_be_meant_is_left_alone(string key) => Problems(builder => Add(builder, (key, "orchestrator,steps"))).ShouldBeEmpty();

    [Fact]
    public void A_name_of_another_program_is_left_alone_beside_the_setting_itself() =>
        Problems(builder => Add(builder, ("SAGA_ROLES", "api"), ("Saga:Roles", "orchestrator,steps"), ("ConnectionStrings:Database", "Host=a"), ("ConnectionStrings:Database2", "Host=b"))).ShouldBeEmpty();

    [Fact]
    public void A_section_without_a_setting_is_none() =>
        Problems(builder => builder.AddJsonStream(new MemoryStream("""{"Saga":{"Waking":{}},"ConnectionStrings":{}}"""u8.ToArray()))).ShouldBeEmpty();

    [Fact]
    public void A_variable_is_named_as_it_is_written()
    {
        // The name begins with what only this test uses, and is read without it.
        Environment.SetEnvironmentVariable("WHEN_MISSPELT_Saga__Rolse", "api");

        Problems(builder => builder.AddEnvironmentVariables("WHEN_MISSPELT_"))
            .ShouldBe(["Among the variables of the environment: There is no setting `Saga__Rolse`. Did you mean `Saga__Roles`?"]);
    }

    [Fact]
    public void An_argument_is_named_as_it_is_written() =>
        Problems(builder => builder.AddCommandLine(["--Saga:Rolse=api"]))
            .ShouldBe(["Among the arguments: There is no setting `--Saga:Rolse`. Did you mean `--Saga:Roles`?"]);

    [Fact]
    public void A_file_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("saga-settings-");
        File.WriteAllText(Path.Combine(folder.FullName, "appsettings.json"), """{"Saga":{"Rolse":"api","Roles":["api","steps"]}}""", Encoding.UTF8);

        Problems(builder => builder.SetBasePath(folder.FullName).AddJsonFile("appsettings.json")).ShouldBe(
        [
            "In appsettings.json: There is no setting `Saga:Roles:0`, because `Saga:Roles` is one text and no list or object. Write all of it as one text.",
            "In appsettings.json: There is no setting `Saga:Roles:1`, because `Saga:Roles` is one text and no list or object. Write all of it as one text.",
            "In appsettings.json: There is no setting `Saga:Rolse`. Did you mean `Saga:Roles`?",
        ]);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void The_worker_does_not_start() =>
        Should.Throw<SettingsException>(() => WorkerHost.Build(["--Saga:Rolse=api"])).Problems.ShouldHaveSingleItem().ShouldContain("Did you mean `--Saga:Roles`?");

    private static IReadOnlyList<string> Problems(Action<IConfigurationBuilder> configure)
    {
        var builder = new ConfigurationBuilder();
        configure(builder);
        try
        {
            _ = WorkerSettings.From(builder.Build());
            return [];
        }
        catch (SettingsException exception)
        {
            return exception.Problems;
        }
    }

    private static void Add(IConfigurationBuilder builder, params (string Key, string Value)[] settings) =>
        builder.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)));
}
