using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using MassTransit;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>Sends answers to the orchestrator, to the queue that the command names, or else to <c>saga-runs</c>.</summary>
internal sealed partial class AnswerSender(IBus bus, TimeProvider clock)
{
    // An answer that is large anyway does not hold up the others.
    private const int LargestTogether = 4 * 1024;

    // Either happens twice at most, while an answer waits for others and then for itself: a minute in all.
    private static readonly TimeSpan PatienceWithRuns = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan PatienceWithOthers = TimeSpan.FromSeconds(5);

    private readonly AnswerLane _runs = new(bus, AddressOf("saga-runs"), PatienceWithRuns, clock);
    private readonly ConcurrentDictionary<string, AnswerLane> _lanes = new(StringComparer.Ordinal);

    /// <summary>Completes when the broker has the answer; fails, within a minute, when it may not have it.</summary>
    /// <param name="context">The command's.</param>
    /// <param name="answerTo">The queue that the command names, if it names one.</param>
    /// <param name="answer">One of the messages a step answers with.</param>
    public async Task SendAsync(ConsumeContext context, string? answerTo, object answer)
    {
        var lane = LaneTo(answerTo);
        if (lane.IsStuck)
            lane = _runs;
        try
        {
            await SendAsync(lane, context, answer);
        }
        catch (Exception) when (lane != _runs && !context.CancellationToken.IsCancellationRequested)
        {
            // The queue may be gone, with the orchestrators that knew it, or have lost its leader. An answer that arrives twice does no harm.
            await SendAsync(_runs, context, answer);
        }
    }

    private AnswerLane LaneTo(string? queue)
    {
        if (queue is null)
            return _runs;
        if (_lanes.TryGetValue(queue, out var known))
            return known;
        return AnswersName().IsMatch(queue) ? _lanes.GetOrAdd(queue, new AnswerLane(bus, AddressOf(queue), PatienceWithOthers, clock)) : _runs;
    }

    private static async Task SendAsync(AnswerLane lane, ConsumeContext context, object answer)
    {
        try
        {
            await (SizeOf(answer) > LargestTogether ? lane.SendAloneAsync(context, answer) : lane.SendAsync(context, answer));
        }
        catch (OperationCanceledException exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            // So the broker's client says that it gave up waiting. Left as it is, it would pass for a worker that stops, and the step be executed again.
#pragma warning disable MA0054 // MassTransit's retry looks inside, too.
            throw new IOException($"The broker did not take the answer in time: {exception.Message}");
#pragma warning restore MA0054
        }
    }

    private static Uri AddressOf(string queue) => new($"exchange:{queue}");

    // Any other name is a mistake, and saga-runs is never wrong.
    [GeneratedRegex("^saga-answers-[1-9][0-9]?\\z", RegexOptions.NonBacktracking)]
    private static partial Regex AnswersName();

    private static int SizeOf(object answer) => answer switch
    {
        StepCompleted completed => SizeOf(completed.Output) + (completed.Put?.Values.Sum(value => SizeOf(value)) ?? 0),
        StepAwaiting awaiting => SizeOf(awaiting.Snapshot),
        _ => 0,
    };

    private static int SizeOf(JsonElement? value) => value is { ValueKind: not JsonValueKind.Undefined } json ? JsonMarshal.GetRawUtf8Value(json).Length : 0;
}
