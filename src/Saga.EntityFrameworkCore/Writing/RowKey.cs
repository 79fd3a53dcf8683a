namespace Saga.EntityFrameworkCore.Writing;

/// <summary>Which row a change is of: two changes of the same row have equal keys.</summary>
internal readonly struct RowKey : IEquatable<RowKey>
{
    private readonly TableShape _table;
    private readonly object?[] _values;

    public RowKey(RowChange row)
    {
        _table = row.Table;
        _values = [.. _table.Key.Select(column => column.PropertyOf(row.Entity))];
    }

    public bool Equals(RowKey other)
    {
        if (_table != other._table)
            return false;
        for (var i = 0; i < _values.Length; i++)
        {
            if (!_table.Key[i].AreEqual(_values[i], other._values[i]))
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is RowKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        for (var i = 0; i < _values.Length; i++)
            hash.Add(_table.Key[i].HashOf(_values[i]));
        return hash.ToHashCode();
    }
}
