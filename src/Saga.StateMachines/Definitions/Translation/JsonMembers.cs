using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>How System.Text.Json writes the members of a type: the contract both sides of a message share.</summary>
internal static class JsonMembers
{
    /// <summary>The property of the JSON for a member of C#; null when the JSON has none.</summary>
    public static JsonPropertyInfo? Find(Type type, string member)
    {
        var contract = ContractOf(type);
        return contract is not { Kind: JsonTypeInfoKind.Object } ? null : contract.Properties.FirstOrDefault(property =>
            property is { IsExtensionData: false, AttributeProvider: MemberInfo found } && found.Name == member && (property.Get is not null || property.Set is not null));
    }

    /// <summary>The property a constructor's parameter sets; System.Text.Json matches them by name, whatever the case.</summary>
    public static JsonPropertyInfo? Find(Type type, ParameterInfo parameter) =>
        ContractOf(type) is not { Kind: JsonTypeInfoKind.Object } contract ? null : contract.Properties.FirstOrDefault(property =>
            property.AttributeProvider is MemberInfo found && string.Equals(found.Name, parameter.Name, StringComparison.OrdinalIgnoreCase) && property.Get is not null);

    public static JsonTypeInfo? ContractOf(Type type)
    {
        try
        {
            return JsonSerializerOptions.Web.GetTypeInfo(type);
        }
        catch (Exception problem) when (problem is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            // A type without a contract has no members in JSON, which is what callers ask.
            return null;
        }
    }

    /// <summary>What C# has when the JSON lacks the property: null where that is allowed, or the value of an initialiser or optional parameter.</summary>
    public static bool TryDefault(Type type, JsonPropertyInfo property, out JsonNode? value)
    {
        value = null;
        if (property.IsRequired)
            return false;
        var member = (MemberInfo)property.AttributeProvider!;
        var parameter = type.GetConstructors().SelectMany(constructor => constructor.GetParameters())
            .FirstOrDefault(parameter => parameter.HasDefaultValue && string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase));
        if (parameter?.DefaultValue is { } optional)
        {
            value = JsonSerializer.SerializeToNode(optional, property.PropertyType, Constants.OptionsWith(property.CustomConverter));
            return true;
        }

        return TryInitial(type, property, out value) || MayBeNull(member, property.PropertyType);
    }

    /// <summary>The value of an initialiser such as <c>= 3</c>; false when there is none, or it is what the type has anyway.</summary>
    public static bool TryInitial(Type type, JsonPropertyInfo property, out JsonNode? value)
    {
        value = null;
        if (property.Get is null || type.IsAbstract || (!type.IsValueType && type.GetConstructor(Type.EmptyTypes) is null))
            return false;
        try
        {
            var initial = property.Get(Activator.CreateInstance(type)!);
            var none = property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null;
            if (Equals(initial, none))
                return false;
            value = JsonSerializer.SerializeToNode(initial, property.PropertyType, Constants.OptionsWith(property.CustomConverter));
            return true;
        }
        catch (Exception)
        {
            // A constructor or property that throws gives no value, so the JSON must have one.
            return false;
        }
    }

    /// <summary>The converter of the property an expression reads; null when the type's own is used.</summary>
    public static JsonConverter? ConverterOf(Expression expression) => expression is MemberExpression { Expression: { } target } member
        ? Find(target.Type, member.Member.Name)?.CustomConverter
        : null;

    private static bool MayBeNull(MemberInfo member, Type type) => Nullable.GetUnderlyingType(type) is not null || (!type.IsValueType && (member switch
    {
        PropertyInfo property => new NullabilityInfoContext().Create(property).ReadState,
        FieldInfo field => new NullabilityInfoContext().Create(field).ReadState,
        _ => NullabilityState.Unknown,
    }) == NullabilityState.Nullable);
}
