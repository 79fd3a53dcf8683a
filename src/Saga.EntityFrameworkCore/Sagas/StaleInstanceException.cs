namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>A message was handled on an instance that another process had changed meanwhile; it is handled again on what is stored.</summary>
public sealed class StaleInstanceException : Exception
{
    internal StaleInstanceException(Type saga, Guid correlationId, Exception? failure)
        : base($"{saga.Name} {correlationId} was changed by another process meanwhile. The message is handled again on what is stored now.", failure)
    {
    }
}
