using MassTransit;
using MassTransit.SagaStateMachine;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.Tests.StateMachine.Support;

/// <summary>Reads out of a state machine which event leads from which state to which: the transitions that its activities can make.</summary>
internal sealed class TransitionTable : StateMachineVisitor
{
    private readonly List<(string From, string Event, string To)> _transitions = [];
    private string _state = "";
    private string _event = "";

    public static IReadOnlyList<(string From, string Event, string To)> Of(MassTransit.StateMachine machine)
    {
        var table = new TransitionTable();
        machine.Accept(table);
        return [.. table._transitions.Distinct()];
    }

    public void Visit(State state, Action<State> next)
    {
        _state = state.Name;
        next(state);
    }

    public void Visit(Event @event, Action<Event> next)
    {
        _event = @event.Name;
        next(@event);
    }

    public void Visit<TMessage>(Event<TMessage> @event, Action<Event<TMessage>> next)
        where TMessage : class
    {
        _event = @event.Name;
        next(@event);
    }

    public void Visit(IStateMachineActivity activity) => Visit(activity, _ => { });

    public void Visit<T>(IBehavior<T> behavior)
        where T : class, SagaStateMachineInstance => Visit(behavior, _ => { });

    public void Visit<T>(IBehavior<T> behavior, Action<IBehavior<T>> next)
        where T : class, SagaStateMachineInstance => next(behavior);

    public void Visit<T, TMessage>(IBehavior<T, TMessage> behavior)
        where T : class, SagaStateMachineInstance
        where TMessage : class => Visit(behavior, _ => { });

    public void Visit<T, TMessage>(IBehavior<T, TMessage> behavior, Action<IBehavior<T, TMessage>> next)
        where T : class, SagaStateMachineInstance
        where TMessage : class => next(behavior);

    public void Visit(IStateMachineActivity activity, Action<IStateMachineActivity> next)
    {
        if (activity is TransitionActivity<Run> transition)
            _transitions.Add((_state, _event, transition.ToState.Name));
        next(activity);
    }
}
