namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>
/// A message was handled on an instance that is not what is stored: another process had changed it, or the message before could not be saved. It is
/// handled again on what is stored.
/// </summary>
public sealed class StaleInstanceException : Exception
{
    internal StaleInstanceException(Type saga, Guid correlationId, Exception? failure)
        : base($"{saga.Name} {correlationId} is not what this message was handled on: another process changed it, or the message before could not be saved. "
            + "The message is handled again on what is stored.", failure)
    {
    }
}
