using System.Linq.Expressions;
using Saga.StateMachines.Definitions.Translation;
using Saga.StateMachines.Times;

namespace Saga.StateMachines.Definitions;

/// <content>Sleeps and signals.</content>
public abstract partial class Body
{
    /// <summary>Adds a wait of a duration known beforehand.</summary>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="duration">How long.</param>
    public PlannedSleep Sleep(string name, TimeSpan duration) => Add(new PlannedSleep(this, name, "for", IsoDuration.Write(duration)));

    /// <summary>Adds a wait of a duration known only when the run is there.</summary>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="duration">How long, as an ISO 8601 duration such as <c>PT10M</c>. It is text because System.Text.Json writes a TimeSpan in another form.</param>
    public PlannedSleep Sleep(string name, Expression<Func<string>> duration) =>
        Add(new PlannedSleep(this, name, "for", Templates.Translate(new LambdaSite(this, name, "duration"), duration)));

    /// <summary>Adds a wait until a moment known beforehand.</summary>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="moment">Until when.</param>
    public PlannedSleep SleepUntil(string name, DateTimeOffset moment) => Add(new PlannedSleep(this, name, "until", Rfc3339Moment.Write(moment)));

    /// <summary>Adds a wait until a moment known only when the run is there.</summary>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="moment">Until when.</param>
    public PlannedSleep SleepUntil(string name, Expression<Func<DateTimeOffset>> moment) =>
        Add(new PlannedSleep(this, name, "until", Templates.Translate(new LambdaSite(this, name, "moment"), moment)));

    /// <summary>Adds a wait for a signal.</summary>
    /// <typeparam name="TSignal">The type of its payload.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="signal">The name of the signal.</param>
    public PlannedSignal<TSignal> WaitFor<TSignal>(string name, string signal) => Add(new PlannedSignal<TSignal>(this, name, [signal], all: false));

    /// <summary>Adds a wait for whichever of several signals comes first.</summary>
    /// <typeparam name="TSignal">The type of their payload; <see cref="System.Text.Json.JsonElement"/> when they differ.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="signals">Their names.</param>
    public PlannedSignal<TSignal> WaitForAny<TSignal>(string name, params string[] signals) => Add(new PlannedSignal<TSignal>(this, name, signals, all: false));

    /// <summary>Adds a wait for one of each of several signals.</summary>
    /// <typeparam name="TSignal">The type of their payload; <see cref="System.Text.Json.JsonElement"/> when they differ.</typeparam>
    /// <param name="name">The name of the node, unique within the body.</param>
    /// <param name="signals">Their names.</param>
    public PlannedSignal<TSignal> WaitForAll<TSignal>(string name, params string[] signals) => Add(new PlannedSignal<TSignal>(this, name, signals, all: true));
}
