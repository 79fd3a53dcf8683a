using MassTransit;

namespace Saga.Integration.Tests.Outbox;

public sealed record Letter(string Text);

public sealed record Question(string Text);

public sealed record Answer(string Text);

public sealed class QuestionConsumer : IConsumer<Question>
{
    public Task Consume(ConsumeContext<Question> context) => context.RespondAsync(new Answer(context.Message.Text));
}
