using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Saga.EntityFrameworkCore.Databases;

/// <summary>Quoted table and column names of an entity, as its context maps them.</summary>
internal sealed class TableOf<TEntity>
{
    private readonly IEntityType _type;
    private readonly StoreObjectIdentifier _table;

    private TableOf(IEntityType type)
    {
        _type = type;
        _table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        Name = _table.Schema is { } schema ? $"{Quote(schema)}.{Quote(_table.Name)}" : Quote(_table.Name);
    }

    public string Name { get; }

    public static TableOf<TEntity> In(IModel model) => new(model.FindEntityType(typeof(TEntity))
        ?? throw new InvalidOperationException(
            $"{typeof(TEntity).Name} is not mapped. Call modelBuilder.AddOutboxMessageEntity() in OnModelCreating of your DbContext."));

    public string Column(string property) => Quote(_type.GetProperty(property).GetColumnName(_table)!);

    private static string Quote(string name) => $"\"{name}\"";
}
