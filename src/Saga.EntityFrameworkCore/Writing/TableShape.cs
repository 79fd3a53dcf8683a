using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>A table whose rows can be written without EF Core's own update pipeline: one entity type, plain columns, keys the client makes.</summary>
internal sealed class TableShape
{
    // A mask of changed columns is one word.
    private const int MostColumns = 64;

    private static readonly ConcurrentDictionary<IEntityType, TableShape?> _shapes = new();

#pragma warning disable S3011 // Every object has this method, and nothing else copies one whose type is not known, without its constructor.
    private static readonly Func<object, object> _shallowCopy =
        typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!.CreateDelegate<Func<object, object>>();
#pragma warning restore S3011

    private readonly Dictionary<string, ColumnShape> _byProperty;
    private readonly ColumnShape[] _mutable;

    private TableShape(IEntityType type, string name, ColumnShape[] columns)
    {
        Name = name;
        Columns = columns;
        Key = [.. type.FindPrimaryKey()!.Properties.Select(property => columns.Single(column => column.Property == property))];
        Guards = [.. columns.Where(column => column.IsGuard)];
        Depth = DepthOf(type, []);
        _mutable = [.. columns.Where(column => column.IsMutable)];
        _byProperty = columns.ToDictionary(column => column.Property.Name, StringComparer.Ordinal);
    }

    /// <summary>Quoted, with the schema if it has one.</summary>
    public string Name { get; }

    public IReadOnlyList<ColumnShape> Columns { get; }

    public IReadOnlyList<ColumnShape> Key { get; }

    /// <summary>The concurrency tokens.</summary>
    public IReadOnlyList<ColumnShape> Guards { get; }

    /// <summary>How many foreign keys lead away from here, one after the other: rows with a smaller depth are inserted first and deleted last.</summary>
    public int Depth { get; }

    /// <summary>Every column.</summary>
    public ulong AllColumns => Columns.Count == MostColumns ? ulong.MaxValue : (1UL << Columns.Count) - 1;

    /// <summary>The columns of a mask.</summary>
    public IEnumerable<ColumnShape> ColumnsOf(ulong mask) => Columns.Where(column => (mask & column.Bit) != 0);

    /// <summary>The mask of columns, named by their properties.</summary>
    public ulong MaskOf(ReadOnlySpan<string> properties)
    {
        var mask = 0UL;
        foreach (var property in properties)
            mask |= _byProperty[property].Bit;
        return mask;
    }

    /// <summary>An entity with the same values, whose changes this one does not see.</summary>
    public object Copy(object entity)
    {
        var copy = _shallowCopy(entity);
        foreach (var column in _mutable)
            column.Set(copy, column.Snapshot(column.PropertyOf(entity)));
        return copy;
    }

    /// <summary>The table of an entity type, or null if only EF Core itself can write it.</summary>
    public static TableShape? Of(IEntityType type) => _shapes.GetOrAdd(type, Build);

    /// <summary>The table of an entity, or null if only EF Core itself can write it.</summary>
    /// <exception cref="InvalidOperationException">The context does not map the entity.</exception>
    public static TableShape? Of(IModel model, Type entity) => Of(model.FindEntityType(entity)
        ?? throw new InvalidOperationException($"{entity.Name} is not mapped by the DbContext. Map it in OnModelCreating."));

    private static TableShape? Build(IEntityType type)
    {
        if (!IsPlain(type) || StoreObjectIdentifier.Create(type, StoreObjectType.Table) is not { } table)
            return null;

        var columns = type.GetProperties().Select((property, ordinal) => ColumnShape.Of(property, table, ordinal)).ToArray();
        return columns.Length > MostColumns || columns.Contains(null)
            ? null
            : new TableShape(type, SqlName.Quote(table.Schema, table.Name), columns!);
    }

    private static bool IsPlain(IEntityType type) =>
        type.FindPrimaryKey() is not null
        && !type.IsOwned()
        && !type.HasSharedClrType
        && type.BaseType is null
        && !type.GetDirectlyDerivedTypes().Any()
        && !type.GetComplexProperties().Any()
        && !type.GetMappingFragments().Any()
        && type.GetTableMappings().All(mapping => mapping.Table.EntityTypeMappings.Count() == 1)
        && (type.GetInsertStoredProcedure(), type.GetUpdateStoredProcedure(), type.GetDeleteStoredProcedure()) is (null, null, null)
        && !type.GetReferencingForeignKeys().Any(key => key.IsOwnership)
        && !type.GetForeignKeys().Any(key => key.PrincipalEntityType == type);

    private static int DepthOf(IEntityType type, HashSet<IEntityType> path) => !path.Add(type)
        ? 0
        : type.GetForeignKeys().Select(key => 1 + DepthOf(key.PrincipalEntityType, [.. path])).DefaultIfEmpty(0).Max();
}
