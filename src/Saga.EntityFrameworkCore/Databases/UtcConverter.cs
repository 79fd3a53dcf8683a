using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Saga.EntityFrameworkCore.Databases;

/// <summary>Stores moments as UTC: PostgreSQL takes no other offset, and SQLite can only sort and compare what has none.</summary>
public sealed class UtcConverter()
    : ValueConverter<DateTimeOffset, DateTime>(
        moment => moment.UtcDateTime, utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc), TimeSpan.Zero));
