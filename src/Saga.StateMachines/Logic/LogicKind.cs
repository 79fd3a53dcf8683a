namespace Saga.StateMachines.Logic;

/// <summary>The types of JavaScript that JSON has, and <see cref="Undefined"/>, which is what an operation gets for an argument it was not given.</summary>
internal enum LogicKind
{
    Undefined,
    Null,
    Boolean,
    Number,
    Text,
    List,
    Object,
}
