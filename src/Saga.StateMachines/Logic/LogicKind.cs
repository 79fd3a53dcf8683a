namespace Saga.StateMachines.Logic;

/// <summary>The types of JavaScript that JSON has, and <see cref="Undefined"/>, which is an argument that was not given.</summary>
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
