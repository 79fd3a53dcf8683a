using System.Text.RegularExpressions;
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

    [Theory]
    [InlineData("5", "5")]
    [InlineData("0.5", "0.5")]
    [InlineData("1e400", "9e999")]
    [InlineData("-1e400", "-9e999")]
    [InlineData("\"x\"", "\"x\"")]
    public async Task Columns_that_stored_numbers_become_text(string payload, string shown)
    {
        var run = Guid.NewGuid();
        await MakeWithColumnsOfNumbersAsync(new SignalRow { RunId = run, Number = 1, Name = "go", Payload = payload, ReceivedAt = TimeProvider.System.GetUtcNow() });
        await using var app = WorkerHost.Build(
            ["--urls=http://127.0.0.1:0", $"--ConnectionStrings:Database={ConnectionString}", "--Logging:Console:LogLevel:Default=None"]);
        await app.StartAsync(TestContext.Current.CancellationToken);

        await using var dbContext = new RunDbContext(new DbContextOptionsBuilder<RunDbContext>().UseSqlite(ConnectionString).Options);
        (await dbContext.Signals.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)).Payload.ShouldBe(shown);
        dbContext.Add(new SignalRow { RunId = run, Number = 2, Name = "go", Payload = "12345678901234567890", ReceivedAt = TimeProvider.System.GetUtcNow() });
        await dbContext.SaveChangesAsync(TestContext.Current.CancellationToken);
        (await dbContext.Signals.AsNoTracking().SingleAsync(row => row.Number == 2, TestContext.Current.CancellationToken)).Payload.ShouldBe("12345678901234567890");
        (await dbContext.Database.SqlQuery<string>($"SELECT m.name AS Value FROM sqlite_master m, pragma_table_info(m.name) c WHERE c.type = 'json'")
            .ToListAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        (await dbContext.Database.SqlQuery<string>($"SELECT integrity_check AS Value FROM pragma_integrity_check").ToListAsync(TestContext.Current.CancellationToken)).ShouldBe(["ok"]);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    // As an earlier version made them.
    private async Task MakeWithColumnsOfNumbersAsync(SignalRow signal)
    {
        await using var dbContext = new RunDbContext(new DbContextOptionsBuilder<RunDbContext>().UseSqlite(ConnectionString).Options);
        const string Columns = "input|output|context|error|awaits|waiting_for|snapshot|resumption|body|payload|properties|input_schema|output_schema";
        var script = Regex.Replace(dbContext.Database.GenerateCreateScript(), $"\"(?<name>{Columns})\" TEXT", "\"${name}\" json", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));
        await dbContext.Database.ExecuteSqlRawAsync(script, TestContext.Current.CancellationToken);
        dbContext.Add(signal);
        await dbContext.SaveChangesAsync(TestContext.Current.CancellationToken);
        (await dbContext.Database.SqlQuery<string>($"SELECT typeof(payload) AS Value FROM saga_signals").SingleAsync(TestContext.Current.CancellationToken))
            .ShouldBe(signal.Payload!.StartsWith('"') ? "text" : signal.Payload == "5" ? "integer" : "real");
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
