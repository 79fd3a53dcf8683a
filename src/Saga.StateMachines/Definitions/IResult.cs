namespace Saga.StateMachines.Definitions;

/// <summary>The result of a body: one of its nodes, or what <see cref="Body.Returns{TOutput}"/> makes of several.</summary>
/// <typeparam name="TOutput">Its type.</typeparam>
public interface IResult<out TOutput>
{
    /// <summary>The node whose output is the result; null when the body says so itself.</summary>
    internal Node? Source { get; }
}

internal sealed class Returned<TOutput>(Body body) : IResult<TOutput>
{
    public Body Body { get; } = body;

    Node? IResult<TOutput>.Source => null;
}
