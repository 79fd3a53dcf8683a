using System.Linq.Expressions;
using System.Text.RegularExpressions;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>An expression as its author wrote it, as nearly as it can be told.</summary>
internal static partial class ExpressionText
{
    // Captured variables are fields of a class of the compiler: value(Network+<>c__DisplayClass3_0).vpc
    public static string Of(Expression expression) =>
        Closure().Replace(expression.ToString(), "").Replace("AndAlso", "&&", StringComparison.Ordinal).Replace("OrElse", "||", StringComparison.Ordinal);

    [GeneratedRegex(@"value\([^()]*\)\.(CS\$<>8__locals\d+\.)*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Closure();
}
