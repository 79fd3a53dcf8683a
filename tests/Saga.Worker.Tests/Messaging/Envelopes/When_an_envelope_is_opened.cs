using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit.Context;
using Saga.Contracts;
using Saga.Worker.Messaging.Envelopes;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Messaging.Envelopes;

public sealed class When_an_envelope_is_opened
{
    [Fact]
    public void It_says_what_MassTransit_wrote()
    {
        var written = Envelope.ByMassTransit(Envelope.FullContext());

        Envelope.SaidBy(Envelope.OpenedByUs(written)).ShouldBe(Envelope.SaidBy(Envelope.OpenedByMassTransit(written)));
        Envelope.OpenedByUs(written).ExpirationTime.ShouldBe(Envelope.OpenedByMassTransit(written).ExpirationTime);
        EnvelopeReader.ReadOrNull(written).ShouldNotBeNull("it should not have been left to MassTransit's own reader");
    }

    [Fact]
    public void It_says_what_this_worker_wrote()
    {
        var written = Envelope.ByUs(Envelope.FullContext());

        Envelope.SaidBy(Envelope.OpenedByUs(written)).ShouldBe(Envelope.SaidBy(Envelope.OpenedByMassTransit(written)));
        EnvelopeReader.ReadOrNull(written).ShouldNotBeNull("it should not have been left to MassTransit's own reader");
    }

    [Fact]
    public void It_says_the_same_when_everything_is_null()
    {
        var written = Envelope.ByMassTransit(Envelope.EmptyContext());

        Envelope.SaidBy(Envelope.OpenedByUs(written)).ShouldBe(Envelope.SaidBy(Envelope.OpenedByMassTransit(written)));
        EnvelopeReader.ReadOrNull(written).ShouldNotBeNull("it should not have been left to MassTransit's own reader");
    }

    [Fact]
    public void One_like_the_one_before_says_what_is_its_own()
    {
        var (one, other) = (Envelope.FullContext(), Envelope.FullContext());
        other.DestinationAddress = new Uri("rabbitmq://broker/saga-runt");
        other.SupportedMessageTypes = ["urn:message:Saga.Contracts:CancelProvisioning"];

        Envelope.OpenedByUs(Envelope.ByUs(one)).MessageId.ShouldBe(one.MessageId);
        var opened = Envelope.OpenedByUs(Envelope.ByUs(other));

        opened.MessageId.ShouldBe(other.MessageId);
        opened.DestinationAddress.ShouldBe(other.DestinationAddress);
        opened.SupportedMessageTypes.ShouldBe(other.SupportedMessageTypes);
    }

    [Theory]
    [InlineData("""{TYPE,"message":MESSAGE}""")]
    [InlineData("""{ "message" : MESSAGE , TYPE }""")]
    [InlineData("""{"mesSAGE":MESSAGE,"MessageType":["URN:message:saga.contracts:signalProvisioning"],"messageID":"01a20108-2cb7-7e13-8e42-9f9c49abc303"}""")]
    [InlineData("""{"unknown":{"message":[1,{"message":2}]},TYPE,"other":null,"message":MESSAGE}""")]
    [InlineData("""{"message":{"name":"not this one"},TYPE,"message":MESSAGE}""")]
    [InlineData("""{"message":{"name":"not this one"},TYPE,"Message":MESSAGE}""")]
    [InlineData("""{"m\u0065ssage":MESSAGE,TYPE}""")]
    [InlineData("/* by hand */ {TYPE, // with remarks\n \"message\":MESSAGE,}")]
    [InlineData("""{"messageId":"{01a20108-2cb7-7e13-8e42-9f9c49abc303}","requestId":"01a201082cb77e138e429f9c49abc302","initiatorId":" ",TYPE,"message":MESSAGE}""")]
    [InlineData("""{"sourceAddress":"","responseAddress":" ","faultAddress":"queue:\u0066aults",TYPE,"message":MESSAGE}""")]
    [InlineData("""{"sentTime":"2026-11-22T02:14:04+01:00","expirationTime":"2026-11-22",TYPE,"message":MESSAGE}""")]
    [InlineData("""{"headers":[{"key":"a","value":1}],"host":{"MachineName":"m","unknown":1},TYPE,"message":MESSAGE}""")]
    [InlineData("""{"headers":{"A":{"b":[1,"x",null]},"a":2},"host":null,TYPE,"message":MESSAGE}""")]
    [InlineData("""{"headers":null,"messageType":null,"message":MESSAGE}""")]
    [InlineData("""{"messageType":[null,"x"],"message":MESSAGE}""")]
    public void It_may_be_written_in_any_way_MassTransit_allows(string written)
    {
        var body = Encoding.UTF8.GetBytes(Filled(written));

        Envelope.SaidBy(Envelope.OpenedByUs(body)).ShouldBe(Envelope.SaidBy(Envelope.OpenedByMassTransit(body)));
    }

    [Theory]
    [InlineData("{ this is not JSON", "'t' is an invalid start of a property name")]
    [InlineData("", "does not contain any JSON tokens")]
    [InlineData("null", "Message envelope not found")]
    [InlineData("[]", "could not be converted")]
    [InlineData("{}", "It has no `message`.")]
    [InlineData("""{"message":null}""", "It has no `message`.")]
    [InlineData("""{"message":5}""", "Its `message` is no JSON object.")]
    [InlineData("""{"message":[]}""", "Its `message` is no JSON object.")]
    [InlineData("""{"message":"null","messageType":["urn:message:Saga.Contracts:CancelProvisioning"]}""", "Its `message` is no JSON object.")]
    [InlineData("""{"Message":true}""", "Its `message` is no JSON object.")]
    [InlineData("""{"message":{}} {}""", "after a single JSON value")]
    [InlineData("""{"message":{}""", "Path: $")]
    [InlineData("""{"message":{"a":}}""", "BytePositionInLine: 16")]
    [InlineData("""{"message":{},"messageType":"x"}""", "Path: $.messageType")]
    [InlineData("""{"message":{},"sentTime":"yesterday"}""", "Path: $.sentTime")]
    [InlineData("""{"message":{},"headers":5}""", "found: Number")]
    [InlineData("""{"message":{},"host":5}""", "Path: $")]
    [InlineData("""{"message":{},"messageId":5}""", "Path: $.messageId")]
    public void One_that_is_none_is_refused_with_the_place_and_the_remedy(string written, string place)
    {
        var message = Should.Throw<SerializationException>(() => Envelope.OpenedByUs(written)).Message;

        message.ShouldStartWith("The body of a message is not the envelope that its content type 'application/vnd.masstransit+json' promises. ");
        message.ShouldContain(place);
        message.ShouldEndWith(
            " An envelope is a JSON object with `messageType` and `message`. Correct it and send it again, or send plain JSON as 'application/json'.");
    }

    [Fact]
    public void An_address_that_is_none_fails_who_asks_for_it()
    {
        var opened = Envelope.OpenedByUs(Filled("""{"responseAddress":"nowhere",TYPE,"message":MESSAGE}"""));

        opened.TryGetMessage<SignalProvisioning>(out _).ShouldBeTrue();
        Should.Throw<UriFormatException>(() => opened.ResponseAddress);
    }

    [Fact]
    public void What_users_gave_comes_out_as_they_wrote_it()
    {
        const string Payload = """{ "z" : 1.50, "a":"\u003cé", "z":[ ] }""";
        var opened = Envelope.OpenedByUs(Filled("""{TYPE,"message":{"runId":"01a20108-2cb7-7e13-8e42-9f9c49abc302","name":"approved","payload":PAYLOAD}}""")
            .Replace("PAYLOAD", Payload, StringComparison.Ordinal));

        opened.TryGetMessage<SignalProvisioning>(out var message).ShouldBeTrue();
        message!.Payload!.Value.GetRawText().ShouldBe(Payload);
    }

    [Fact]
    public void It_is_no_message_of_another_type()
    {
        var opened = Envelope.OpenedByUs(Envelope.ByUs(Envelope.FullContext()));

        opened.IsSupportedMessageType<SignalProvisioning>().ShouldBeTrue();
        opened.IsSupportedMessageType<CancelProvisioning>().ShouldBeFalse();
        new[] { typeof(SignalProvisioning), typeof(CancelProvisioning) }.Where(opened.IsSupportedMessageType).ShouldBe([typeof(SignalProvisioning)]);
        opened.TryGetMessage<CancelProvisioning>(out _).ShouldBeFalse();
    }

    [Fact]
    public void A_message_that_lacks_something_says_what()
    {
        var opened = Envelope.OpenedByUs(Filled("""{TYPE,"message":{}}"""));

        Should.Throw<JsonException>(() => opened.TryGetMessage<SignalProvisioning>(out _)).Message.ShouldContain("was missing required properties including: 'name'");
    }

    [Fact]
    public void An_interface_can_be_had_of_it()
    {
        var written = Envelope.ByUs(new MessageSendContext<INamed>(new Named("kim", 42)));

        var opened = Envelope.OpenedByUs(written);

        opened.TryGetMessage(typeof(INamed), out var named).ShouldBeTrue();
        ((INamed)named).Name.ShouldBe("kim");
        opened.TryGetMessage<INamed>(out var typed).ShouldBeTrue();
        typed!.Name.ShouldBe("kim");
        opened.TryGetMessage<JsonObject>(out var json).ShouldBeTrue();
        json!["size"]!.GetValue<int>().ShouldBe(42);
    }

    [Fact]
    public void It_can_be_sent_on_as_it_is()
    {
        var written = Envelope.ByUs(Envelope.FullContext());
        var onward = Envelope.EmptyContext();

        onward.Serializer = Envelope.OpenedByUs(written).GetMessageSerializer();

        Envelope.SaidBy(Envelope.OpenedByUs(onward.Body.GetBytes()))
            .ShouldBe(Envelope.SaidBy(Envelope.OpenedByMassTransit(written)).Replace("\"DestinationAddress\":\"rabbitmq://broker/saga-runs\"", "\"DestinationAddress\":null", StringComparison.Ordinal));
    }

    [Fact]
    public void Its_message_can_be_taken_apart() =>
        Envelope.OpenedByUs(Envelope.ByUs(Envelope.FullContext())).ToDictionary(Envelope.Signal())["name"].ToString().ShouldBe("approved");

    private static string Filled(string envelope) => envelope
        .Replace("TYPE", "\"messageType\":[\"urn:message:Saga.Contracts:SignalProvisioning\"]", StringComparison.Ordinal)
        .Replace("MESSAGE", """{"runId":"01a20108-2cb7-7e13-8e42-9f9c49abc302","name":"approved"}""", StringComparison.Ordinal);

    public interface INamed
    {
        string Name { get; }
    }

    public sealed record Named(string Name, int Size) : INamed;
}
