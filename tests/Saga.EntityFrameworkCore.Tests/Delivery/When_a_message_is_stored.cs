using MassTransit;
using MassTransit.Context;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Tests.Delivery;

public sealed class When_a_message_is_stored
{
    [Fact]
    public void What_is_read_back_sends_it_with_the_same_headers_and_properties()
    {
        var context = new RoutedContext();
        context.ConversationId = NewId.NextGuid();
        (context.RequestId, context.CorrelationId, context.InitiatorId) = (NewId.NextGuid(), NewId.NextGuid(), NewId.NextGuid());
        context.ResponseAddress = new Uri("queue:answers");
        (context.SourceAddress, context.FaultAddress) = (new Uri("queue:source"), new Uri("queue:complaints"));
        context.Durable = false;
        context.RoutingKey = "key";
        context.Priority = 3;
        context.Headers.Set("text", "Grüße");
        context.Headers.Set("number", 3);
        context.Headers.Set("yes", true);
        var stored = StoredProperties.Of(context);

        foreach (var properties in new[] { stored, StoredProperties.Parse(stored.ToJson()) })
        {
            var sent = new RoutedContext();
            properties.CopyTo(sent);

            (sent.MessageId, sent.ConversationId, sent.RequestId).ShouldBe((context.MessageId, context.ConversationId, context.RequestId));
            (sent.CorrelationId, sent.InitiatorId).ShouldBe((context.CorrelationId, context.InitiatorId));
            (sent.ResponseAddress, sent.SourceAddress, sent.FaultAddress).ShouldBe((context.ResponseAddress, context.SourceAddress, context.FaultAddress));
            sent.SupportedMessageTypes.ShouldBe(context.SupportedMessageTypes);
            (sent.Durable, sent.RoutingKey, sent.Priority).ShouldBe((false, "key", 3));
            sent.Headers.GetAll().Select(header => $"{header.Key}: {header.Value}").ShouldBe(["text: Grüße", "number: 3", "yes: True"]);
        }
    }

    [Fact]
    public void Nothing_but_what_there_is_is_stored()
    {
        var context = new MessageSendContext<FileNote>(new FileNote(Guid.NewGuid())) { MessageId = null };

        StoredProperties.Of(context).ToJson().ShouldBe($$"""{"messageTypes":["{{MessageUrn.ForTypeString<FileNote>()}}"]}""");
    }

    // What older versions wrote may be in the table of a process that was upgraded.
    [Fact]
    public void What_is_in_the_table_is_read_whatever_the_case_and_the_type()
    {
        var properties = StoredProperties.Parse(
            """
            {"messageId":"01a20108-2cb7-7e13-8e42-9f9c49abc302","sourceAddress":"queue:a","messageTypes":["urn:message:X"],
             "headers":{"whole":1,"part":0.5,"no":false,"none":null,"list":[1],"object":{"a":"b"}},"transport":{"routing-KEY":"key","priority":3}}
            """);
        var sent = new RoutedContext();

        properties.CopyTo(sent);

        (sent.MessageId, sent.SourceAddress, sent.RoutingKey, sent.Priority)
            .ShouldBe((Guid.Parse("01a20108-2cb7-7e13-8e42-9f9c49abc302"), new Uri("queue:a"), "key", 3));
        sent.Headers.GetAll().Select(header => (header.Key, header.Value.GetType()))
            .ShouldBe([("whole", typeof(long)), ("part", typeof(double)), ("no", typeof(bool)), ("list", typeof(List<object>)), ("object", typeof(Dictionary<string, object>))]);
    }

    // As the contexts of brokers do it, which need not mind the case.
    private sealed class RoutedContext() : MessageSendContext<FileNote>(new FileNote(Guid.NewGuid()))
    {
        public string? RoutingKey { get; set; }

        public int? Priority { get; set; }

        public override void WritePropertiesTo(IDictionary<string, object> properties)
        {
            base.WritePropertiesTo(properties);
            properties["Routing-Key"] = RoutingKey!;
            properties["Priority"] = Priority!;
        }

        public override void ReadPropertiesFrom(IReadOnlyDictionary<string, object> properties)
        {
            base.ReadPropertiesFrom(properties);
            RoutingKey = ReadString(properties, "routing-key");
            Priority = ReadInt(properties, "priority");
        }
    }
}
