using System.Text.Json;
using MassTransit.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

// The namespace of the well-known package's types, so that moving between the two changes no code.
namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Maps properties to columns of JSON.</summary>
public static class JsonColumns
{
    /// <summary>Stores a property as JSON, as MassTransit writes it.</summary>
    /// <typeparam name="T">The property's type.</typeparam>
    /// <param name="builder">The property.</param>
    public static PropertyBuilder<T> HasJsonConversion<T>(this PropertyBuilder<T> builder)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.HasConversion(
            value => Write(value),
            text => Read<T>(text),
            new ValueComparer<T>(
                (one, other) => Write(one) == Write(other),
                value => Write(value).GetHashCode(StringComparison.Ordinal),
                value => Read<T>(Write(value))));
    }

    private static string Write<T>(T? value) => JsonSerializer.Serialize(value, SystemTextJsonMessageSerializer.Options);

    private static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, SystemTextJsonMessageSerializer.Options)!;
}
