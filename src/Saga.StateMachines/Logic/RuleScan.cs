using System.Globalization;
using System.Text.Json;

namespace Saga.StateMachines.Logic;

/// <summary>Reads a rule without data: what is wrong with it, and what it reads.</summary>
internal sealed class RuleScan
{
    // A document can hold a hundred thousand mistakes; nobody reads on after a hundred.
    private const int MaxProblems = 100;

    private readonly List<LogicProblem> _problems = [];
    private readonly OrderedDictionary<string, bool> _variables = new(StringComparer.Ordinal);
    private readonly List<string> _path = [];
    private bool _isTooDeep;

    private RuleScan()
    {
    }

    public IReadOnlyList<LogicProblem> Problems => _problems;

    public IReadOnlyCollection<string> Variables => _variables.Keys;

    public static RuleScan Of(JsonElement rule)
    {
        var scan = new RuleScan();
        scan.Read(rule, depth: 0, isLocal: false);
        return scan;
    }

    private void Read(JsonElement rule, int depth, bool isLocal)
    {
        var isOperation = RuleShape.IsOperation(rule, out var name, out var arguments);
        if (!isOperation && rule.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        if (depth >= JsonLogic.MaxDepth)
        {
            RefuseDepth();
        }
        else if (isOperation)
        {
            At(name!, () => ReadOperation(name!, arguments, depth, isLocal));
        }
        else
        {
            ForEach(rule, (_, element) => Read(element, depth + 1, isLocal));
        }
    }

    private void ReadOperation(string name, JsonElement arguments, int depth, bool isLocal)
    {
        if (!Operators.All.ContainsKey(name))
        {
            Add(pointer => RuleProblem.UnknownOperator(name, pointer));
        }

        if (!isLocal)
        {
            ReadNames(name, arguments);
        }

        var isIteration = name is "map" or "filter" or "reduce" or "all" or "none" or "some";
        ForEach(arguments, (i, argument) => Read(argument, depth + 1, isLocal || (isIteration && i == 1)));
    }

    /// <summary>The variables an operation reads of itself. Those of its arguments are found when these are read.</summary>
    private void ReadNames(string operation, JsonElement arguments)
    {
        switch (operation)
        {
            case "var" when arguments.ValueKind == JsonValueKind.Array && arguments.GetArrayLength() == 0:
                Add(RuleProblem.EmptyVariable);
                break;
            case "var":
                ForEach(arguments, (i, argument) => ReadNameIf(i == 0, argument));
                break;
            case "missing":
                ReadList(arguments);
                break;
            case "missing_some":
                ForEach(arguments, (i, names) =>
                {
                    if (i == 1)
                    {
                        ReadList(names);
                    }
                });
                break;
            default:
                break;
        }
    }

    /// <summary>The names that are looked for: those of the list, or of the list that comes first in it. A name may be a list with its default.</summary>
    private void ReadList(JsonElement names)
    {
        if (names.ValueKind == JsonValueKind.Array && names.GetArrayLength() > 0 && names[0].ValueKind == JsonValueKind.Array)
        {
            At("0", () => ForEach(names[0], (_, name) => ReadNameOrPair(name)));
        }
        else
        {
            ForEach(names, (_, name) => ReadNameOrPair(name));
        }
    }

    private void ReadNameOrPair(JsonElement name) => ForEach(name, (i, part) => ReadNameIf(i == 0, part));

    private void ReadNameIf(bool isName, JsonElement argument)
    {
        if (isName)
        {
            ReadName(argument);
        }
    }

    private void ReadName(JsonElement name)
    {
        if (name.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            Add(RuleProblem.ComputedVariable);
            return;
        }

        var value = LogicValue.Of(name);
        var first = value.IsNothing ? "" : Coercion.ToText(value, new LogicBudget(int.MaxValue)).Split('.', 2)[0];
        if (first.Length == 0)
        {
            Add(RuleProblem.EmptyVariable);
            return;
        }

        _variables.TryAdd(first, true);
    }

    private void RefuseDepth()
    {
        if (!_isTooDeep)
        {
            _isTooDeep = true;
            Add(RuleProblem.TooDeep);
        }
    }

    private void Add(Func<string, LogicProblem> problem)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(problem(Pointer()));
        }
    }

    /// <summary>Each element of an array, or the value itself: a single argument need not be in an array.</summary>
    private void ForEach(JsonElement values, Action<int, JsonElement> read)
    {
        if (values.ValueKind != JsonValueKind.Array)
        {
            read(0, values);
            return;
        }

        var i = 0;
        foreach (var value in values.EnumerateArray())
        {
            var index = i++;
            At(index.ToString(CultureInfo.InvariantCulture), () => read(index, value));
        }
    }

    private void At(string token, Action read)
    {
        _path.Add(token);
        read();
        _path.RemoveAt(_path.Count - 1);
    }

    private string Pointer() => string.Concat(_path.Select(token =>
        "/" + token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
}
