using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using MassTransit.Context;
using MassTransit.Metadata;
using MassTransit.Serialization;
using Saga.Contracts;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Messaging.Envelopes;

public sealed class When_a_message_is_put_into_an_envelope
{
    private static readonly JsonSerializerOptions _compact = new(SystemTextJsonMessageSerializer.Options) { WriteIndented = false };

    [Fact]
    public void MassTransit_reads_of_it_what_it_reads_of_its_own()
    {
        var context = Envelope.FullContext();

        Envelope.SaidBy(Envelope.OpenedByMassTransit(Envelope.ByUs(context))).ShouldBe(Envelope.SaidBy(Envelope.OpenedByMassTransit(Envelope.ByMassTransit(context))));
    }

    [Fact]
    public void MassTransit_reads_the_same_when_everything_is_null()
    {
        var context = Envelope.EmptyContext();

        Envelope.SaidBy(Envelope.OpenedByMassTransit(Envelope.ByUs(context))).ShouldBe(Envelope.SaidBy(Envelope.OpenedByMassTransit(Envelope.ByMassTransit(context))));
    }

    [Fact]
    public void What_is_null_is_left_out() =>
        JsonElement.Parse(Envelope.ByUs(Envelope.EmptyContext())).EnumerateObject().Select(property => property.Name)
            .ShouldBe(["messageType", "message", "sentTime", "host"]);

    [Fact]
    public void Of_the_host_there_is_what_names_the_process()
    {
        var host = JsonElement.Parse(Envelope.ByUs(Envelope.EmptyContext())).GetProperty("host");

        host.GetRawText().ShouldBe(
            $$"""{"machineName":"{{HostMetadataCache.Host.MachineName}}","processName":"{{HostMetadataCache.Host.ProcessName}}","processId":{{HostMetadataCache.Host.ProcessId}}}""");
    }

    [Theory]
    [InlineData("""{"z":1.50,"a":1e400,"b":-0,"z":2}""")]
    [InlineData("""["é <&> \" \\ /","",[],{}]""")]
    [InlineData("null")]
    public void What_users_gave_is_in_it_as_they_wrote_it(string json)
    {
        var context = new MessageSendContext<ExecuteStep>(Command(json));

        JsonElement.Parse(Envelope.ByUs(context)).GetProperty("message").GetProperty("input").GetRawText().ShouldBe(json);
    }

    [Fact]
    public void The_message_is_written_as_MassTransit_writes_it()
    {
        var context = new MessageSendContext<ExecuteStep>(Command("""{"text":"\u003c\u00e9\u0000 😀"}"""));

        JsonElement.Parse(Envelope.ByUs(context)).GetProperty("message").GetRawText()
            .ShouldBe(JsonSerializer.Serialize(context.Message, _compact));
    }

    [Fact]
    public void It_expires_when_its_time_to_live_is_over()
    {
        var context = Envelope.EmptyContext();
        context.TimeToLive = TimeSpan.FromMinutes(5);

        Envelope.OpenedByMassTransit(Envelope.ByUs(context, new Noon())).ExpirationTime.ShouldBe(new DateTime(2026, 11, 22, 12, 5, 0, DateTimeKind.Utc));
    }

    [Fact]
    public void What_is_said_after_the_body_was_asked_for_is_in_it_until_the_bytes_are()
    {
        var context = Envelope.EmptyContext();
        var body = new Saga.Worker.Messaging.Envelopes.EnvelopeSerializer(TimeProvider.System).GetMessageBody(context);

        context.CorrelationId = Guid.Parse("01a20108-2cb7-7e13-8e42-9f9c49abc302");

        JsonElement.Parse(body.GetString()).GetProperty("correlationId").GetGuid().ShouldBe(context.CorrelationId.Value);
        body.Length.ShouldBe(body.GetBytes().Length);
    }

    [Fact]
    public void One_that_is_sent_as_an_interface_keeps_what_implements_it() =>
        Written(new MessageSendContext<INamed>(new Named("kim", 42))).ShouldBe("""{"size":42,"name":"kim"}""");

    [Fact]
    public void One_that_is_sent_as_what_it_derives_from_keeps_what_it_adds() =>
        Written(new MessageSendContext<Person>(new Named("kim", 42))).ShouldBe("""{"size":42,"name":"kim"}""");

    [Fact]
    public void One_that_cannot_be_written_fails_by_name_and_the_next_one_is_whole()
    {
        var failure = Should.Throw<SerializationException>(() => Envelope.ByUs(new MessageSendContext<Broken>(new Broken())));
        failure.Message.ShouldBe("A Broken cannot be sent as JSON: I am broken.");

        Envelope.OpenedByMassTransit(Envelope.ByUs(Envelope.FullContext())).TryGetMessage<SignalProvisioning>(out _).ShouldBeTrue();
    }

    [Fact]
    public void A_large_one_is_whole_and_so_is_the_next()
    {
        var text = new string('x', 1_000_000);
        Encoding.UTF8.GetString(Envelope.ByUs(new MessageSendContext<ExecuteStep>(Command($"\"{text}\"")))).ShouldContain(text);

        JsonElement.Parse(Envelope.ByUs(new MessageSendContext<ExecuteStep>(Command("1")))).GetProperty("message").GetProperty("input").GetInt32().ShouldBe(1);
    }

    private static string Written<T>(MessageSendContext<T> context)
        where T : class => JsonElement.Parse(Envelope.ByUs(context)).GetProperty("message").GetRawText();

    private static ExecuteStep Command(string input) => new()
    {
        RunId = Guid.NewGuid(),
        Node = "greet-0",
        NodeIndex = 0,
        Step = "greet",
        Attempt = 1,
        DispatchId = 1,
        IdempotencyKey = "key",
        Input = JsonElement.Parse(input),
        Context = JsonElement.Parse("{}"),
    };

    public interface INamed
    {
        string Name { get; }
    }

    public record Person(string Name) : INamed;

    public sealed record Named(string Name, int Size) : Person(Name);

    public sealed record Broken
    {
        public string Text { get; } = "";

        public string Reason => Text.Length > 0 ? Text : throw new InvalidOperationException("I am broken.");
    }

    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    }
}
