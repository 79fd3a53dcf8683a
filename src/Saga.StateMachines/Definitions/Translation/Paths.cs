using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>Reads chains of members, such as <c>vpc.Output.Subnets[0].Id</c>, as paths.</summary>
internal static class Paths
{
    private static readonly string[] _jsonValues =
        ["GetString", "GetBoolean", "GetInt32", "GetInt64", "GetDouble", "GetDecimal", "GetGuid", "GetDateTimeOffset"];

    /// <summary>The path an expression stands for; null when it is no path.</summary>
    public static HandlePath? Of(Expression expression, LambdaSite site) => Conversions.Without(expression, site) switch
    {
        ParameterExpression parameter => site.Parameters.TryGetValue(parameter, out var path)
            ? path
            : throw site.Refused(expression, "belongs to a lambda further out", "A lambda over a list sees only the element. Use `ForEach`, whose body sees all around it."),
        MemberExpression { Member: var member } read when member.GetCustomAttribute<HandleAttribute>() is { } handle => OfHandle(read, read.Expression!, handle, site),
        MemberExpression { Expression: { } target } read => OfMember(read, target, site),
        MethodCallExpression call when call.Method.GetCustomAttribute<HandleAttribute>() is { } handle =>
            OfHandle(call, call.Object!, handle, site).Into(Text(call.Arguments[0], site)),
        MethodCallExpression call => OfCall(call, site),
        BinaryExpression { NodeType: ExpressionType.ArrayIndex } index => Element(index.Left, index.Right, index, site),
        _ => null,
    };

    private static HandlePath OfHandle(Expression read, Expression target, HandleAttribute handle, LambdaSite site)
    {
        if (site.IsOverElements)
        {
            throw site.Refused(
                read, "is read inside a lambda over a list, where JsonLogic shows only the element", "Compare outside of it, or use `ForEach`, whose body sees all around it.");
        }

        if (HandleFinder.IsIn(target))
            throw site.Refused(read, "reads a handle out of another", "A handle is a variable of the definition. Use it directly.");
        var text = ExpressionText.Of(read);
        var path = Constants.ValueOf(target, site) switch
        {
            Node node => site.PathTo(node, text),
            Body body => site.PathTo(body, handle.Word!, text),
            _ => throw site.Refused(read, "reads a handle that is null when the definition is built", "Add the node first."),
        };
        return handle.Property is null ? path : path.Into(handle.Property);
    }

    private static HandlePath? OfMember(MemberExpression read, Expression target, LambdaSite site)
    {
        if (Conversions.IsNullable(target.Type))
            return read.Member.Name == "Value" ? Of(target, site) is { } value ? value with { HasDefault = false, Default = null } : null : null;
        if (Lists.IsLength(read) || Of(target, site) is not { } path)
            return null;
        if (JsonMembers.Find(target.Type, read.Member.Name) is not { } property)
        {
            throw site.Refused(
                read,
                $"reads `{read.Member.Name}`, which is not in the JSON of `{target.Type.Name}`",
                "A plan can read what System.Text.Json writes. Make it a property of the contract, or compute it in a step.");
        }

        path = path.Into(property.Name);
        return JsonMembers.TryDefault(target.Type, property, out var missing) ? path.MissingIs(missing) : path;
    }

    private static HandlePath? OfCall(MethodCallExpression call, LambdaSite site)
    {
        if (call.Method.DeclaringType == typeof(JsonElement) && call.Object is { } json)
        {
            return call.Method.Name switch
            {
                "GetProperty" when call.Arguments[0].Type == typeof(string) => Of(json, site)?.Into(Text(call.Arguments[0], site)),
                "get_Item" => Element(json, call.Arguments[0], call, site),
                _ when _jsonValues.Contains(call.Method.Name, StringComparer.Ordinal) => Of(json, site),
                _ => null,
            };
        }

        if (call.Method.DeclaringType == typeof(Enumerable))
        {
            return call.Method.Name switch
            {
                "ToList" or "ToArray" or "AsEnumerable" when Lists.IsList(call.Arguments[0].Type) => Of(call.Arguments[0], site),
                "First" when call.Arguments.Count == 1 => Element(call.Arguments[0], Expression.Constant(0), call, site),
                "ElementAt" when call.Arguments[1].Type == typeof(int) => Element(call.Arguments[0], call.Arguments[1], call, site),
                _ => null,
            };
        }

        if (call is { Method.Name: "get_Item", Object: { } list } && call.Arguments.Count == 1)
        {
            return call.Arguments[0].Type == typeof(string) && IsDictionary(list.Type)
                ? Of(list, site)?.Into(Text(call.Arguments[0], site))
                : Element(list, call.Arguments[0], call, site);
        }

        return null;
    }

    private static HandlePath? Element(Expression list, Expression index, Expression whole, LambdaSite site)
    {
        if (Of(list, site) is not { } path)
            return null;
        if (list.Type != typeof(JsonElement) && !IsDictionary(list.Type) && !Lists.IsList(list.Type))
            throw site.Refused(whole, $"takes a `{list.Type.Name}` for a list, which is none in JSON", "Ask a step, or declare it as a list.");
        if (index.Type != typeof(int) || IsDictionary(list.Type))
            throw site.Refused(whole, $"looks something up by a `{index.Type.Name}`", "The key of an object is text. Declare it so.");
        if (HandleFinder.IsIn(index))
            throw site.Refused(whole, "has an index that is computed in the run", "A path is fixed when the definition is built. Use `ForEach`, or pick the element in a step.");
        return Constants.ValueOf(index, site) is int and >= 0 and var position
            ? path.Into(position.ToString())
            : throw site.Refused(whole, "has an index below 0", "Positions count from 0.");
    }

    private static string Text(Expression key, LambdaSite site) => HandleFinder.IsIn(key)
        ? throw site.Refused(key, "is a key that is computed in the run", "A path is fixed when the definition is built. Pick the value in a step.")
        : Constants.ValueOf(key, site) as string ?? throw site.Refused(key, "is a key that is null", "Name the property.");

    private static bool IsDictionary(Type type) => typeof(IDictionary).IsAssignableFrom(type)
        || type.GetInterfaces().Append(type).Any(shape => shape.IsGenericType
            && (shape.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) || shape.GetGenericTypeDefinition() == typeof(IDictionary<,>)));
}
