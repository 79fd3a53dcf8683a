using System.Globalization;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>Writes and reads amounts of articles as text.</summary>
internal static class Amounts
{
    public static string Write(IEnumerable<(string Article, int Amount)> amounts) => string.Join(", ", amounts
        .OrderBy(entry => entry.Article, StringComparer.Ordinal)
        .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Amount} {entry.Article}")));

    /// <summary>What <see cref="Write"/> wrote, with so many more of an article.</summary>
    public static string Put(string written, string article, int amount)
    {
        var amounts = written.Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split(' '))
            .ToDictionary(entry => entry[1], entry => int.Parse(entry[0], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        amounts[article] = amounts.GetValueOrDefault(article) + amount;
        return Write(amounts.Where(entry => entry.Value > 0).Select(entry => (entry.Key, entry.Value)));
    }
}
