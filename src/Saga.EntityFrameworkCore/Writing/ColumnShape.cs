using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>A column as EF Core maps it: its name, its type in the database, and how a property's value becomes the column's.</summary>
internal sealed class ColumnShape
{
    private readonly IClrPropertyGetter _getter;
    private readonly Func<object?, object?>? _toProvider;
    private readonly ValueComparer _comparer;

    private ColumnShape(IProperty property, string name, int ordinal)
    {
        Property = property;
        Name = name;
        Ordinal = ordinal;
        Mapping = property.GetRelationalTypeMapping();
        _getter = property.GetGetter();
        _comparer = property.GetValueComparer();
        _toProvider = Mapping.Converter?.ConvertToProvider;
        var stored = Mapping.Converter?.ProviderClrType ?? property.ClrType;
        StoredType = property.IsNullable && stored.IsValueType && Nullable.GetUnderlyingType(stored) is null
            ? typeof(Nullable<>).MakeGenericType(stored)
            : stored;
    }

    public IProperty Property { get; }

    /// <summary>Quoted.</summary>
    public string Name { get; }

    /// <summary>The column's place in its table's <see cref="TableShape.Columns"/>.</summary>
    public int Ordinal { get; }

    /// <summary>The column in a mask of columns.</summary>
    public ulong Bit => 1UL << Ordinal;

    public RelationalTypeMapping Mapping { get; }

    /// <summary>The type of the values the database driver gets.</summary>
    public Type StoredType { get; }

    /// <summary>True if a value of the property can be changed in place.</summary>
    public bool IsMutable => !Property.ClrType.IsValueType && Property.ClrType != typeof(string);

    public bool IsGuard => Property.IsConcurrencyToken;

    /// <summary>The column, or null if only EF Core itself knows how to write it.</summary>
    public static ColumnShape? Of(IProperty property, StoreObjectIdentifier table, int ordinal)
    {
        var simple = !property.IsShadowProperty()
            && !property.IsIndexerProperty()
            && property.GetComputedColumnSql(table) is null
            && property.GetDefaultValueSql(table) is null
            && !property.TryGetDefaultValue(table, out _)
            && property.ValueGenerated is ValueGenerated.Never or ValueGenerated.OnAdd
            && property.GetBeforeSaveBehavior() == PropertySaveBehavior.Save
            && property.FindRelationalTypeMapping() is { ElementTypeMapping: null };
        return simple && property.GetColumnName(table) is { } name ? new ColumnShape(property, SqlName.Quote(name), ordinal) : null;
    }

    /// <summary>The column's value for an entity.</summary>
    public object? ValueOf(object entity) => ToStored(PropertyOf(entity));

    /// <summary>The property's value.</summary>
    public object? PropertyOf(object entity) => _getter.GetClrValue(entity);

    /// <summary>Gives the property a value.</summary>
    public void Set(object entity, object? value)
    {
        switch (Property.GetMemberInfo(forMaterialization: true, forSet: true))
        {
            case PropertyInfo property:
                property.SetValue(entity, value);
                break;
            case FieldInfo field:
                field.SetValue(entity, value);
                break;
        }
    }

    /// <summary>Whether two values of the property are the same.</summary>
    public bool AreEqual(object? one, object? other) => _comparer.Equals(one, other);

    /// <summary>The same for values that are equal.</summary>
    public int HashOf(object? value) => value is null ? 0 : _comparer.GetHashCode(value);

    /// <summary>A copy of a value that does not change with it.</summary>
    public object? Snapshot(object? value) => value is null ? null : _comparer.Snapshot(value);

    /// <summary>What the driver gets for a property's value.</summary>
    public object? ToStored(object? value) => value is null || _toProvider is null ? value : _toProvider(value);
}
