namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>An instance that holds more than its columns while it is kept between two messages, such as what it took long to find out.</summary>
public interface IKeptInstance
{
    /// <summary>How much it holds besides its columns, in characters. It counts towards the limit of what is kept.</summary>
    long KeptSize { get; }
}
