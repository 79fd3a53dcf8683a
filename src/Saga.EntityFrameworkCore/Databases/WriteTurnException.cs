namespace Saga.EntityFrameworkCore.Databases;

/// <summary>A write did not get its turn, because others before it do not end.</summary>
public sealed class WriteTurnException : TimeoutException
{
    internal WriteTurnException(TimeSpan patience)
        : base($"Other writes of this process have held the database for {patience.TotalSeconds:0} s")
    {
    }
}
