using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Saga.Cli.Api;

namespace Saga.Cli.Serving;

/// <summary>Says in a line or two why a server did not start.</summary>
internal static class StartFailure
{
    public static Problem Explain(Exception failure)
    {
        Exception[] causes = [.. Causes(failure)];

        if (causes.OfType<AddressInUseException>().Any())
        {
            return new()
            {
                Title = "The server cannot listen: " + causes[0].Message,
                Detail = "Stop the other program, or choose another address, such as `saga server --urls http://127.0.0.1:5081`.",
            };
        }

        string[] invalid = [.. causes.OfType<OptionsValidationException>().SelectMany(settings => settings.Failures)];
        return invalid.Length > 0
            ? Listed("The server cannot start with these settings:", invalid)
            : Listed("The server cannot start:", causes.SelectMany(cause => cause.Message.Split(Environment.NewLine)));
    }

    private static Problem Listed(string title, IEnumerable<string> messages) => new()
    {
        Title = title,
        Errors = [.. messages.Distinct().Select(message => new ProblemError(null, null, message))],
    };

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            // An aggregate's own message only repeats those inside.
            if (cause is AggregateException { InnerExceptions.Count: > 0 } many)
            {
                foreach (Exception one in many.InnerExceptions.SelectMany(Causes))
                    yield return one;
                yield break;
            }

            yield return cause;
        }
    }
}
