namespace Saga.StateMachines.Engine.Walking;

/// <summary>Sends again what is in flight, as the same dispatches.</summary>
internal static class Repeats
{
    public static void SendAgain(RunWalk walk, RunState state)
    {
        foreach (var dispatch in state.Dispatches)
        {
            if (!state.IsInFlight(dispatch))
            {
                continue;
            }

            switch (dispatch.Kind)
            {
                case DispatchKind.Execute or DispatchKind.RollBackChild:
                    walk.Run.Repeat(dispatch);
                    break;
                case DispatchKind.RunChild:
                    walk.Run.Repeat(dispatch);
                    if (walk.Run.IsStopping || !walk.Run.IsInsideOfOpen(dispatch.Node))
                    {
                        walk.Run.CancelChild(dispatch.Node);
                    }

                    break;
                case DispatchKind.Compensate:
                    // What was found once is found again, or will be when it is known.
                    walk.Run.Repeat(dispatch, walk.Compensations.InputOf(dispatch.Node) is { IsValue: true } input ? input.Value : null);
                    break;
            }
        }
    }
}
