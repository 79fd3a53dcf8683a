using Microsoft.EntityFrameworkCore;
using Saga.StateMachines.Persistence;
using Saga.Worker.Hosting;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Hosting;

public sealed class When_the_database_is_of_another_version : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("saga-version-");

    private string ConnectionString => $"Data Source={_folder.FullName}/saga.db;Pooling=False";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_server_says_what_is_missing_and_does_not_start()
    {
        await MakeWithoutScheduledMessagesAsync();
        await using var app = WorkerHost.Build(
            ["--urls=http://127.0.0.1:0", $"--ConnectionStrings:Database={ConnectionString}", "--Logging:Console:LogLevel:Default=None"]);

        var refusal = await Should.ThrowAsync<SettingsException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        refusal.Message.ShouldContain("saga.db was made by another version of this program: its table saga_outbox has no schedule_token_id.");
        refusal.Message.ShouldContain("ConnectionStrings:Database");
    }

    [Fact]
    public async Task A_table_that_it_did_not_have_is_added()
    {
        var options = new DbContextOptionsBuilder<RunDbContext>().UseSqlite(ConnectionString).Options;
        await using var dbContext = new RunDbContext(options);
        await dbContext.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        await dbContext.Database.ExecuteSqlAsync($"DROP TABLE saga_faults", TestContext.Current.CancellationToken);
        await using var app = WorkerHost.Build(
            ["--urls=http://127.0.0.1:0", $"--ConnectionStrings:Database={ConnectionString}", "--Logging:Console:LogLevel:Default=None"]);

        await app.StartAsync(TestContext.Current.CancellationToken);

        (await dbContext.Faults.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        (await dbContext.Database.SqlQuery<string>($"SELECT name AS Value FROM sqlite_master WHERE type = 'index' AND tbl_name = 'saga_faults' AND sql IS NOT NULL")
            .ToListAsync(TestContext.Current.CancellationToken)).ShouldBe(["IX_saga_faults_run_id"]);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    private async Task MakeWithoutScheduledMessagesAsync()
    {
        var options = new DbContextOptionsBuilder<RunDbContext>().UseSqlite(ConnectionString).Options;
        await using var dbContext = new RunDbContext(options);
        await dbContext.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        foreach (var sql in await dbContext.Database
            .SqlQuery<string>($"SELECT 'DROP INDEX \"' || name || '\"' AS Value FROM sqlite_master WHERE type = 'index' AND sql LIKE '%schedule_token_id%'")
            .ToListAsync(TestContext.Current.CancellationToken))
        {
            await dbContext.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
        }

        await dbContext.Database.ExecuteSqlAsync($"ALTER TABLE saga_outbox DROP COLUMN schedule_token_id", TestContext.Current.CancellationToken);
    }
}
