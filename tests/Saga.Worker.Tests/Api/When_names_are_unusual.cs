using System.Net;
using System.Text.Json;
using Saga.Worker.Tests.Api.Support;
using Saga.Worker.Tests.Cli;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

/// <summary>Whatever name is accepted can be used, over HTTP and from the command line.</summary>
[Collection(nameof(OneWorker))]
public sealed class When_names_are_unusual(SharedWorker shared)
{
    private static readonly string[] _names =
    [
        .. Enumerable.Range(0x01, 0x7f).Select(character => $"x{(char)character}y"),
        .. Enumerable.Range(0x21, 0x5e).Select(character => ((char)character).ToString()).Except([".", "%", "/"]),
        "ORDER/42", "ORDER%2F42", "ORDER%252F42", "%2F", "%", "%zz", "50%", "a/../b", "../up", "a/./b", "a//b", "...", ".x", "/", "//", " x ", "a+b c", "key:x", "--by", "-x", "@file",
        "täglich", "заказ", "注文/42", "طلب", "🚀", "👩‍🚀", "e\u0301", "\u202e", "\u00a0x", "\ufeffx", "\uffff",
    ];

    private readonly EmbeddedWorker _worker = shared.Worker;

    [Fact]
    public async Task Every_signal_reaches_the_node_that_waits_for_it()
    {
        var id = await _worker.StartRunAsync(WaitingForAll());

        foreach (var name in _names)
            (await _worker.PostAsync($"/api/runs/{id}/signals/{Uri.EscapeDataString(name)}").JsonAsync(HttpStatusCode.Accepted)).TryGetProperty("warning", out _).ShouldBeFalse(name);

        SignalsOf(await _worker.EndedRunAsync(id, "completed")).ShouldBe(_names, ignoreOrder: true);
    }

    [Fact]
    public async Task Every_signal_can_be_sent_from_the_command_line()
    {
        using var shell = Connected();
        var id = await _worker.StartRunAsync(WaitingForAll());

        foreach (var name in _names)
        {
            var outcome = await shell.RunAsync("signal", $"{id}", "--", name);
            outcome.ExitCode.ShouldBe(0, outcome.Error);
            outcome.Error.ShouldBeEmpty();
        }

        SignalsOf(await _worker.EndedRunAsync(id, "completed")).ShouldBe(_names, ignoreOrder: true);
    }

    [Fact]
    public async Task Every_business_key_names_its_run()
    {
        using var shell = Connected();
        foreach (var key in _names.Append(".").Append("..").Append(" "))
        {
            var id = await _worker.StartRunAsync(JsonSerializer.Serialize(new { steps = new[] { "await-signal" }, input = new { signal = "go" }, correlationKey = key }));

            using var found = await _worker.TryGetAsync($"/api/runs/{Uri.EscapeDataString("key:" + key)}");
            (await Answers.JsonAsync(Task.FromResult(found), HttpStatusCode.OK)).GetProperty("id").GetGuid().ShouldBe(id, key);
            var shown = await shell.RunAsync("show", $"key:{key}", "--json");
            JsonElement.Parse(shown.Out).GetProperty("id").GetGuid().ShouldBe(id, key);
            (await shell.RunAsync("cancel", $"key:{key}")).ExitCode.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("key:50%")]
    [InlineData("key:%zz")]
    [InlineData("key:%ff")]
    [InlineData("key:%ed%a0%80")]
    public async Task A_path_that_is_not_encoded_is_refused_rather_than_guessed_at(string path)
    {
        using var request = Raw(path);
        var problem = await _worker.Http.SendAsync(request).JsonAsync(HttpStatusCode.BadRequest);

        problem.Errors().ShouldBe(["invalid_path at "]);
        problem.Text("detail")!.ShouldContain($"`{path}`");
    }

    // The server takes dots out of a path before it looks for the endpoint, and so must whoever looks for the names.
    [Fact]
    public async Task Dots_in_front_of_a_name_do_not_shift_it()
    {
        await _worker.StartRunAsync("""{"steps":["echo"],"correlationKey":"DOTS/1"}""");

        using var request = Raw("./%2e/x/../key:DOTS%2F1?x=%2F");
        var run = await _worker.Http.SendAsync(request).JsonAsync(HttpStatusCode.OK);

        run.Text("correlationKey").ShouldBe("DOTS/1");
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(" ")]
    public async Task A_signal_that_no_url_can_name_is_refused_where_it_would_be_awaited(string name)
    {
        var plan = JsonSerializer.Serialize(new { plan = new { nodes = new[] { new { name = "wait", signal = name } } } });

        (await _worker.PostAsync("/api/runs", plan).JsonAsync(HttpStatusCode.BadRequest)).Errors().ShouldBe(["invalid_name at /plan/nodes/0/signal"]);
    }

    [Theory]
    [InlineData("signal", "-", "..")]
    [InlineData("signal", "-", ".")]
    [InlineData("signal", "-", "")]
    [InlineData("show", "..")]
    [InlineData("show", "")]
    [InlineData("graph", ".")]
    public async Task The_command_line_says_so_of_a_name_that_no_url_can_hold(params string[] command)
    {
        using var shell = Connected();
        await shell.RunAsync("start", "echo");

        var outcome = await shell.RunAsync(command);

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldContain("no URL can name");
    }

    private static string WaitingForAll() =>
        JsonSerializer.Serialize(new { plan = new { nodes = new[] { new { name = "wait", signal = new { names = _names, mode = "all" } } } } });

    private static IEnumerable<string?> SignalsOf(JsonElement run) =>
        run.GetProperty("output").GetProperty("signals").EnumerateArray().Select(signal => signal.Text("name"));

    // As a client would send it that does not tidy paths up.
    private HttpRequestMessage Raw(string path) =>
        new(HttpMethod.Get, new Uri(_worker.Http.BaseAddress! + "api/runs/" + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

    private Shell Connected() => new() { IsConnected = true, Variables = { ["SAGA_URL"] = $"{_worker.Http.BaseAddress}" } };
}
