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
        Name = SqlName.Quote(_table.Schema, _table.Name);
    }

    public string Name { get; }

    public static TableOf<TEntity> In(IModel model) => new(model.FindEntityType(typeof(TEntity))
        ?? throw new InvalidOperationException(
            $"{typeof(TEntity).Name} is not mapped. Call modelBuilder.AddOutboxMessageEntity() in OnModelCreating of your DbContext."));

    public string Column(string property) => SqlName.Quote(_type.GetProperty(property).GetColumnName(_table)!);
}
