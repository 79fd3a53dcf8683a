using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Tests.Writing;

/// <summary>A row that comes alone is written by another statement than several.</summary>
public sealed class When_values_of_many_types_are_written(PostgresServer postgres)
{
    private static readonly DateTimeOffset _noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory, InlineData(1), InlineData(3)]
    public async Task They_can_be_read_again(int count)
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var parcels = await ParcelsAsync(database);

        await WriteAsync(parcels, Of(count).Select(number => RowChange.Insert(TableOf(parcels), Full(number))));
        (await parcels.Parcels.AsNoTracking().OrderBy(parcel => parcel.Number).ToListAsync()).ShouldBe(Of(count).Select(Full));

        await WriteAsync(parcels, Of(count).Select(number => Update(parcels, Full(number), Empty(number))));
        (await parcels.Parcels.AsNoTracking().OrderBy(parcel => parcel.Number).ToListAsync()).ShouldBe(Of(count).Select(Empty));

        await WriteAsync(parcels, Of(count).Select(number => Update(parcels, Empty(number), Full(number))));
        (await parcels.Parcels.AsNoTracking().OrderBy(parcel => parcel.Number).ToListAsync()).ShouldBe(Of(count).Select(Full));

        await WriteAsync(parcels, Of(count).Select(number => RowChange.Delete(TableOf(parcels), Full(number), [Full(number).Seal])));
        (await parcels.Parcels.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task One_row_and_several_can_be_written_together()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var parcels = await ParcelsAsync(database);
        await WriteAsync(parcels, [RowChange.Insert(TableOf(parcels), Full(1)), RowChange.Insert(TableOf(parcels), Full(2))]);

        await WriteAsync(
            parcels,
            [
                Update(parcels, Full(1), Empty(1)),
                RowChange.Delete(TableOf(parcels), Full(2), [Full(2).Seal]),
                RowChange.Insert(TableOf(parcels), Full(3)),
                RowChange.Insert(TableOf(parcels), Full(4)),
            ]);

        (await parcels.Parcels.AsNoTracking().OrderBy(parcel => parcel.Number).ToListAsync()).ShouldBe([Empty(1), Full(3), Full(4)]);
    }

    [Theory, InlineData(1), InlineData(3)]
    public async Task A_guard_that_is_null_only_lets_null_pass(int count)
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var parcels = await ParcelsAsync(database);
        await WriteAsync(parcels, Of(count).Select(number => RowChange.Insert(TableOf(parcels), Full(number))));

        var written = await TryWriteAsync(parcels, Of(count).Select(number => Update(parcels, Empty(number), Empty(number))));

        written.ShouldBeFalse();
        (await parcels.Parcels.AsNoTracking().OrderBy(parcel => parcel.Number).ToListAsync()).ShouldBe(Of(count).Select(Full));
    }

    private static IEnumerable<int> Of(int count) => Enumerable.Range(1, count);

    private static Parcel Full(int number) => new()
    {
        Shelf = Guid.Parse("8d8e6d2a-8c0b-4c5e-9c39-2b0c1f4a7e11"),
        Number = number,
        Seal = 7L + number,
        Label = "an 'ordinary' label",
        Declaration = """{"a": [1, null]}""",
        Weight = 1.25m,
        IsFragile = true,
        ArrivedAt = _noon,
        PaidAt = _noon.UtcDateTime,
        Carrier = Carrier.Train,
        Payer = Carrier.Train,
        Contents = """{"books": 3}""",
        Stamp = "1234567890123456",
    };

    private static Parcel Empty(int number) => new() { Shelf = Full(number).Shelf, Number = number };

    private static RowChange Update(ParcelDbContext parcels, Parcel from, Parcel to)
    {
        var table = TableOf(parcels);
        var columns = table.AllColumns & ~table.MaskOf([nameof(Parcel.Shelf), nameof(Parcel.Number)]);
        return new RowChange(table, RowChangeKind.Update, columns, to, [from.Seal]);
    }

    private static TableShape TableOf(ParcelDbContext parcels) => TableShape.Of(parcels.Model, typeof(Parcel))!;

    private static async Task WriteAsync(ParcelDbContext parcels, IEnumerable<RowChange> rows) => (await TryWriteAsync(parcels, rows)).ShouldBeTrue();

    private static Task<bool> TryWriteAsync(ParcelDbContext parcels, IEnumerable<RowChange> rows)
    {
        List<RowChange> all = [.. rows];
        var chain = new SaveChain(new PendingSave(parcels, all, []), all);
        return new PostgresSingleTrip().TryWriteAsync(parcels, [.. RowGroup.Of(chain.OwnRows())], TestContext.Current.CancellationToken);
    }

    private static async Task<ParcelDbContext> ParcelsAsync(IOrderDatabase database)
    {
        var options = new DbContextOptionsBuilder<ParcelDbContext>();
        database.Use(options);
        var parcels = new ParcelDbContext(options.Options);
        await parcels.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
        return parcels;
    }

    private enum Carrier
    {
        Nobody,
        Train,
    }

    private sealed record Parcel
    {
        public Guid Shelf { get; init; }

        public int Number { get; init; }

        public long? Seal { get; init; }

        public string? Label { get; init; }

        public string? Declaration { get; init; }

        public decimal? Weight { get; init; }

        public bool? IsFragile { get; init; }

        public DateTimeOffset? ArrivedAt { get; init; }

        public DateTime? PaidAt { get; init; }

        public Carrier Carrier { get; init; }

        public Carrier? Payer { get; init; }

        public string? Contents { get; init; }

        /// <summary>Stored as bytes.</summary>
        public string? Stamp { get; init; }
    }

    private sealed class ParcelDbContext(DbContextOptions<ParcelDbContext> options) : DbContext(options)
    {
        public DbSet<Parcel> Parcels => Set<Parcel>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Parcel>(parcel =>
        {
            parcel.HasKey(row => new { row.Shelf, row.Number });
            parcel.Property(row => row.Number).ValueGeneratedNever();
            parcel.Property(row => row.Seal).IsConcurrencyToken();
            parcel.Property(row => row.Label).HasMaxLength(40);
            parcel.Property(row => row.Declaration).HasColumnType("json");
            parcel.Property(row => row.Weight).HasPrecision(10, 2);
            parcel.Property(row => row.Carrier).HasConversion<string>().HasMaxLength(10);
            parcel.Property(row => row.Contents).HasColumnType("jsonb");
            parcel.Property(row => row.Stamp).HasColumnType("bytea").HasConversion(text => Encoding.ASCII.GetBytes(text!), bytes => Encoding.ASCII.GetString(bytes));
        });
    }
}
