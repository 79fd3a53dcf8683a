using Saga.StateMachines.Engine.Values;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine.Walking;

/// <summary>Everything that moves a run while one event is applied. The parts call each other: what ends one node starts or compensates others.</summary>
internal sealed class RunWalk
{
    public RunWalk(RunDraft run)
    {
        Run = run;
        Values = new ValueReader(run);
        Forward = new ForwardWalk(this);
        Starts = new NodeStarts(this);
        Series = new SeriesWalk(this);
        Signals = new SignalDelivery(this);
        Failures = new Failures(this);
        Back = new WalkBack(this);
        Compensations = new Compensations(this);
    }

    public RunDraft Run { get; }

    public ValueReader Values { get; }

    /// <summary>What follows when a node completes.</summary>
    public ForwardWalk Forward { get; }

    /// <summary>How nodes of each kind start.</summary>
    public NodeStarts Starts { get; }

    /// <summary>Items of maps and iterations of loops.</summary>
    public SeriesWalk Series { get; }

    /// <summary>Who takes which signal.</summary>
    public SignalDelivery Signals { get; }

    /// <summary>What follows when a node fails.</summary>
    public Failures Failures { get; }

    /// <summary>What follows when a node is compensated.</summary>
    public WalkBack Back { get; }

    /// <summary>How nodes of each kind are compensated.</summary>
    public Compensations Compensations { get; }

    /// <summary>Whether a condition holds, as true or false.</summary>
    public Evaluated Decide(Template.Rule condition, Place from) => new TemplateEvaluation(Values, from).Decide(condition);

    public Evaluated Evaluate(Template template, Place from) => new TemplateEvaluation(Values, from).Evaluate(template);
}
