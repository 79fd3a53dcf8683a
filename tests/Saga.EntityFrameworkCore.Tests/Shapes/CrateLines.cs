namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>What a line of a crate says, wherever it is stored.</summary>
public interface ICrateLine
{
    string Article { get; set; }

    int Amount { get; set; }
}

internal static class CrateLines
{
    public static void Put<TLine>(this ICollection<TLine> lines, string article, int amount, Func<TLine> create)
        where TLine : class, ICrateLine
    {
        var line = lines.SingleOrDefault(line => line.Article == article);
        if (line is null)
        {
            line = create();
            line.Article = article;
            lines.Add(line);
        }

        line.Amount += amount;
        if (line.Amount <= 0)
            lines.Remove(line);
    }

    public static string Write<TLine>(this ICollection<TLine> lines)
        where TLine : class, ICrateLine => Amounts.Write(lines.Select(line => (line.Article, line.Amount)));
}
