using System.Text.Json;

namespace Saga.StateMachines.Persistence;

/// <summary>Statuses are PascalCase names in the code and snake_case words in the database and on the wire.</summary>
public static class SnakeCase
{
    /// <summary><c>RolledBack</c> → <c>rolled_back</c>.</summary>
    public static string From(string pascalCase) => JsonNamingPolicy.SnakeCaseLower.ConvertName(pascalCase);

    /// <summary><c>rolled_back</c> → <c>RolledBack</c>.</summary>
    public static string ToPascalCase(string snakeCase)
    {
        ArgumentNullException.ThrowIfNull(snakeCase);
        return string.Concat(snakeCase.Split('_').Select(word => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
