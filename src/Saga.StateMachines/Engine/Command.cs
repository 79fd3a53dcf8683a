using System.Text.Json;
using Saga.Contracts;

namespace Saga.StateMachines.Engine;

/// <summary>A dispatch to send.</summary>
/// <param name="Dispatch">The dispatch.</param>
/// <param name="Input">What the step or child receives; null is what the ledger says, and the run's own input when that says nothing.</param>
/// <param name="Resumption">What arrived for a step that awaited signals, without its snapshot, which is in the ledger; null is what the ledger says.</param>
/// <param name="IsRepeat">Whether the node was told before, so that the ledger knows more than is said here.</param>
public sealed record Command(Dispatch Dispatch, JsonElement? Input = null, StepResumption? Resumption = null, bool IsRepeat = false);
