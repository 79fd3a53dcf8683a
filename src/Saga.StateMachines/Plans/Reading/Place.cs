using System.Text;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A place in a document. It becomes text only when there is something to say about it.</summary>
internal sealed class Place
{
    private readonly Place? _outer;
    private readonly string? _token;
    private readonly int _index;

    private Place(Place? outer, string? token, int index, string? definition)
    {
        _outer = outer;
        _token = token;
        _index = index;
        Definition = definition ?? outer?.Definition;
        IsRoot = outer is null || definition is not null;
    }

    /// <summary>The definition of which this is a place, in words; null when it is one of the document itself.</summary>
    public string? Definition { get; }

    /// <summary>The place in the document that all of <see cref="Definition"/> stands for.</summary>
    public Place InDocument => Definition is null ? this : Root._outer!.InDocument;

    /// <summary>The JSON Pointer (RFC 6901), within the definition when it is in one.</summary>
    public string Pointer
    {
        get
        {
            var tokens = new Stack<Place>();
            var place = this;
            for (; !place.IsRoot; place = place._outer!)
                tokens.Push(place);

            var text = new StringBuilder(place.Definition is null ? place._token : "");
            foreach (var token in tokens)
            {
                text.Append('/');
                _ = token._token is { } name ? text.Append(Escape(name)) : text.Append(token._index);
            }

            return text.ToString();
        }
    }

    private bool IsRoot { get; }

    private Place Root => IsRoot ? this : _outer!.Root;

    /// <summary>The place of a property.</summary>
    public Place this[string property] => new(this, property, 0, null);

    /// <summary>The place of an element.</summary>
    public Place this[int index] => new(this, null, index, null);

    /// <summary>The place of which a JSON pointer says where it is in this one.</summary>
    public Place Below(string pointer) => pointer.Split('/').Skip(1)
        .Aggregate(this, (place, token) => place[token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]);

    /// <summary>The whole document.</summary>
    /// <param name="prefix">The pointer to it in something larger; empty when it is on its own.</param>
    public static Place OfDocument(string prefix) => new(null, prefix, 0, null);

    /// <summary>The root of another document that stands here.</summary>
    public Place Into(string definition) => new(this, null, 0, definition);

    /// <summary>A token as it is written in a pointer.</summary>
    public static string Escape(string token) =>
        token.AsSpan().ContainsAny('~', '/') ? token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal) : token;
}
