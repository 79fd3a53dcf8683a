using System.Text.Json;

namespace Saga.StateMachines.Tests.Logic;

/// <summary>Rules and data as a tape of random bytes spells them. A tape that ends spells null, so that shorter tapes are smaller rules.</summary>
internal sealed class RandomRule
{
    private static readonly string[] _operators =
    [
        "var", "var", "var", "missing", "missing_some", "if", "?:", "and", "or", "!", "!!", "==", "===", "!=", "!==", "<", "<=", ">", ">=",
        "+", "-", "*", "/", "%", "max", "min", "map", "filter", "reduce", "all", "none", "some", "merge", "in", "cat", "substr", "log",
    ];

    private static readonly string[] _literals =
    [
        "null", "true", "false", "0", "1", "-1", "2.5", "1e21", "1e999", "-0.0", "\"\"", "\"0\"", "\" 3 \"", "\"4px\"", "\"a\"", "\"l.1\"",
        "\"\\ud83d\"", "\"é😀\"", "[]", "{}", "[1, \"x\", [null]]", """{"a": 1, "l": [0]}""", "\"current\"", "\"accumulator.0\"",
    ];

    private static readonly string[] _names = ["\"a\"", "\"a.b\"", "\"l\"", "\"l.0\"", "\"l.length\"", "\"s\"", "\"s.0\"", "\"none\"", "\"\"", "0", "null"];

    private readonly byte[] _tape;
    private int _position;

    private RandomRule(byte[] tape) => _tape = tape;

    public static JsonElement Of(byte[] tape) => JsonElement.Parse(new RandomRule(tape).Rule(depth: 0));

    public static JsonElement DataOf(byte[] tape)
    {
        var random = new RandomRule(tape);
        return JsonElement.Parse(random.Next(8) == 7
            ? random.Literal()
            : $$"""{"a": {{random.Literal()}}, "l": [{{random.Literal()}}, {"a": {{random.Literal()}}}], "s": "hey", "b": {{random.Literal()}}}""");
    }

    private string Rule(int depth)
    {
        var choice = depth > 12 || _position >= _tape.Length ? 0 : Next(16);
        return choice switch
        {
            0 or 1 => Literal(),
            2 => $"[{Rules(depth)}]",
            3 => $$"""{"var": {{_names[Next(_names.Length)]}}}""",
            4 => $$"""{"nope": {{Rule(depth + 1)}}}""",
            5 => $$"""{"x": {{Rule(depth + 1)}}, "y": 1}""",
            6 => $$"""{"map": [{"var": "l"}, {{Rule(depth + 1)}}]}""",
            7 => $$"""{"{{Operator()}}": {{Rule(depth + 1)}}}""",
            _ => $$"""{"{{Operator()}}": [{{Rules(depth)}}]}""",
        };
    }

    private string Rules(int depth) => string.Join(", ", Enumerable.Range(0, Next(5)).Select(_ => Rule(depth + 1)));

    private string Operator() => _operators[Next(_operators.Length)];

    private string Literal() => _literals[Next(_literals.Length)];

    private int Next(int count) => _position < _tape.Length ? _tape[_position++] % count : 0;
}
