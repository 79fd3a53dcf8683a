using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>
/// Rows that are written by the commit of the message that is handled, without the context tracking them: for handlers that know which columns
/// they write, this saves the snapshots and comparisons of change tracking. Only within a consumer or saga on an endpoint with the outbox.
/// </summary>
/// <typeparam name="TDbContext">The context that maps them.</typeparam>
public sealed class UntrackedRows<TDbContext>
    where TDbContext : DbContext
{
    private readonly TDbContext _dbContext;
    private readonly Dictionary<object, RowChange> _rows = new(ReferenceEqualityComparer.Instance);

    internal UntrackedRows(TDbContext dbContext) => _dbContext = dbContext;

    internal IReadOnlyCollection<RowChange> Rows => _rows.Values;

    internal void Clear() => _rows.Clear();

    /// <summary>Writes a new row.</summary>
    /// <typeparam name="T">A mapped entity with a key of the caller's own making.</typeparam>
    /// <param name="entity">The row, with the values it has at the commit.</param>
    public void Insert<T>(T entity)
        where T : class
    {
        if (TableOf<T>() is { } table)
            _rows.Add(entity, RowChange.Insert(table, entity));
        else
            _dbContext.Add(entity);
    }

    /// <summary>Writes some columns of a row that need not have been read. Of a row that is inserted by the same message all columns are written anyway.</summary>
    /// <typeparam name="T">A mapped entity without concurrency token.</typeparam>
    /// <param name="entity">The key, and the values of the columns as they are at the commit.</param>
    /// <param name="properties">The properties of the columns.</param>
    /// <exception cref="InvalidOperationException">The entity has a concurrency token, whose value nobody has read.</exception>
    public void Update<T>(T entity, params ReadOnlySpan<string> properties)
        where T : class
    {
        if (TableOf<T>() is not { } table)
        {
            Track(entity, properties);
            return;
        }

        if (table.Guards.Count > 0)
        {
            throw new InvalidOperationException(
                $"{typeof(T).Name} has a concurrency token, so a row of it can only be changed after it was read. Query it with the context and change it there.");
        }

        var columns = table.MaskOf(properties);
        if (_rows.TryGetValue(entity, out var row))
            row.Add(columns);
        else
            _rows.Add(entity, new RowChange(table, RowChangeKind.Update, columns, entity, guards: []));
    }

    private TableShape? TableOf<T>() => TableShape.Of(_dbContext.Model, typeof(T));

    private void Track<T>(T entity, ReadOnlySpan<string> properties)
        where T : class
    {
        var entry = _dbContext.Attach(entity);
        foreach (var property in properties)
            entry.Property(property).IsModified = entry.State != EntityState.Added;
    }
}
