using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Saga.EntityFrameworkCore.Databases;

/// <summary>Stores UTC and reads it back as UTC: SQLite forgets the kind of a time.</summary>
public sealed class UtcDateTimeConverter()
    : ValueConverter<DateTime, DateTime>(time => time, time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
