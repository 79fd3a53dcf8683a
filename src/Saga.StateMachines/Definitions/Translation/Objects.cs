using System.Linq.Expressions;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>Objects made in a lambda, as System.Text.Json would write them: the members that are set, and those with an initialiser.</summary>
internal static class Objects
{
    public static JsonNode Of(NewExpression made, LambdaSite site)
    {
        CheckContract(made, site);
        var json = new JsonObject();
        var parameters = made.Constructor?.GetParameters() ?? [];
        for (var i = 0; i < made.Arguments.Count; i++)
        {
            var property = made.Members is { } members ? JsonMembers.Find(made.Type, members[i].Name) : JsonMembers.Find(made.Type, parameters[i]);
            if (property is null)
            {
                throw site.Refused(
                    made,
                    $"passes `{parameters[i].Name}` to a constructor, and `{made.Type.Name}` has no property of that name in JSON",
                    "What a constructor computes cannot be told. Use a record, or set properties.");
            }

            Set(json, property, made.Arguments[i], site);
        }

        foreach (var property in JsonMembers.ContractOf(made.Type)?.Properties ?? [])
        {
            if (!json.ContainsKey(property.Name) && JsonMembers.TryInitial(made.Type, property, out var initial))
                json[property.Name] = Escaping.Value(initial);
        }

        return json;
    }

    public static JsonNode Of(MemberInitExpression made, LambdaSite site)
    {
        var json = (JsonObject)Of(made.NewExpression, site);
        Bind(json, made.Type, made.Bindings, made, site);
        return json;
    }

    /// <summary>The elements of a collection initialiser; with keys, the properties of an object.</summary>
    public static JsonNode Of(IReadOnlyList<ElementInit> elements, Expression whole, LambdaSite site)
    {
        if (elements.All(element => element.Arguments.Count == 1))
            return new JsonArray([.. elements.Select(element => Templates.Of(element.Arguments[0], site))]);
        var json = new JsonObject();
        foreach (var element in elements)
        {
            if (element.Arguments is not [var key, var value] || key.Type != typeof(string) || HandleFinder.IsIn(key))
                throw site.Refused(whole, "has keys that are not text known when the definition is built", "Properties of JSON have fixed names. Make it in a step.");
            var name = (string)Constants.ValueOf(key, site)!;
            CheckName(name, whole, site);
            json[name] = Templates.Of(value, site);
        }

        return json;
    }

    private static void Bind(JsonObject json, Type type, IReadOnlyList<MemberBinding> bindings, Expression whole, LambdaSite site)
    {
        foreach (var binding in bindings)
        {
            var property = JsonMembers.Find(type, binding.Member.Name) ?? throw site.Refused(
                whole, $"sets `{binding.Member.Name}`, which is not in the JSON of `{type.Name}`", "It would never arrive. Leave it out, or make it a property of the contract.");
            switch (binding)
            {
                case MemberAssignment assignment:
                    Set(json, property, assignment.Expression, site);
                    break;
                case MemberListBinding list:
                    json[property.Name] = Of(list.Initializers, whole, site);
                    break;
                case MemberMemberBinding members:
                    var inner = json[property.Name] as JsonObject ?? [];
                    Bind(inner, property.PropertyType, members.Bindings, whole, site);
                    json[property.Name] = inner.Parent is null ? inner : inner.DeepClone();
                    break;
            }
        }
    }

    private static void Set(JsonObject json, JsonPropertyInfo property, Expression value, LambdaSite site)
    {
        CheckName(property.Name, value, site);
        if (property.CustomConverter is null)
        {
            json[property.Name] = Templates.Of(value, site);
        }
        else if (!HandleFinder.IsIn(value))
        {
            json[property.Name] = Escaping.Value(Constants.JsonOf(value, site, property.CustomConverter));
        }
        else if (JsonMembers.ConverterOf(Conversions.Without(value, site))?.GetType() == property.CustomConverter.GetType())
        {
            json[property.Name] = Templates.Of(value, site);
        }
        else
        {
            throw site.Refused(
                value, $"is passed to `{property.Name}`, which has a JSON converter of its own", "Its form in JSON would be another. Declare both with the same converter.");
        }
    }

    private static void CheckContract(NewExpression made, LambdaSite site)
    {
        if (JsonMembers.ContractOf(made.Type) is not { Kind: JsonTypeInfoKind.Object } && made.Arguments.Count > 0)
            throw site.Refused(made, $"makes a `{made.Type.Name}`, whose form in JSON is not that of its members", "Use a class or record without a converter.");
        if (IsPolymorphic(made.Type))
        {
            throw site.Refused(
                made, $"makes a `{made.Type.Name}`, whose JSON tells its type by a discriminator", "Where it is needed depends on the receiver. Use a type without `[JsonDerivedType]`.");
        }
    }

    private static bool IsPolymorphic(Type type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: false))
                return true;
        }

        return Array.Exists(type.GetInterfaces(), shape => shape.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: false));
    }

    private static void CheckName(string name, Expression expression, LambdaSite site)
    {
        if (Escaping.IsOperator(name))
            throw site.Refused(expression, $"makes a property named `{name}`", "That is an operator of plans. Make the object in a step.");
    }
}
