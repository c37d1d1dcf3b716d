using ChatGen.Generator.Documents;
using NJsonSchema;

namespace ChatGen.Generator.Reading;

/// <summary>
/// What schemas apply in place by <c>allOf</c> and by references. Every definition can apply every other and take over its members, so what a few megabytes of text unfold to is
/// bounded; where a bound is met, a schema counts as if it applied nothing.
/// </summary>
internal sealed class AppliedParts(SchemaObjectModel schemas)
{
    private const int MaxOfOne = 1_000;
    private const int MaxInAll = 50_000;

    private readonly Dictionary<JsonSchema, IReadOnlyList<JsonSchema>> _known = [];
    private int _inAll;

    /// <summary>The first schema that met a bound, and that bound in words.</summary>
    public (JsonSchema Schema, string Problem)? TooMany { get; private set; }

    /// <summary>What a schema applies to the same value, the farthest first and itself last. A reference without anything beside it is what it leads to.</summary>
    public IReadOnlyList<JsonSchema> Of(JsonSchema schema)
    {
        if (!_known.TryGetValue(schema, out IReadOnlyList<JsonSchema>? parts))
        {
            parts = schema.Reference is null && schema.AllOf.Count == 0 ? [schema] : Find(schema);
            _known.Add(schema, parts);
        }

        return parts;
    }

    private List<JsonSchema> Find(JsonSchema schema)
    {
        var parts = new List<JsonSchema>();
        var seen = new HashSet<JsonSchema> { schema };
        // An explicit stack: chains may be longer than the compiler's stack is deep.
        var path = new Stack<(JsonSchema Part, IEnumerator<JsonSchema> Next)>();
        path.Push((schema, AppliedBy(schema).GetEnumerator()));
        while (path.Count > 0)
        {
            (JsonSchema part, IEnumerator<JsonSchema> next) = path.Peek();
            if (next.MoveNext())
            {
                if (seen.Add(next.Current))
                {
                    path.Push((next.Current, AppliedBy(next.Current).GetEnumerator()));
                    // What is taken over costs as much as the members that it brings.
                    _inAll += 1 + next.Current.Properties.Count;
                }
            }
            else
            {
                path.Pop();
                if (!Alias.IsReference(part, schemas))
                {
                    parts.Add(part);
                }
            }

            if (seen.Count > MaxOfOne || _inAll > MaxInAll)
            {
                TooMany ??= (schema, seen.Count > MaxOfOne
                    ? $"applies more than {MaxOfOne} schemas to one value by 'allOf' and '$ref'"
                    : $"takes over more than {MaxInAll} schemas and members by 'allOf' and '$ref', with all that comes before");
                return [schema];
            }
        }

        return parts;
    }

    private static IEnumerable<JsonSchema> AppliedBy(JsonSchema schema) => schema.Reference is { } target ? schema.AllOf.Prepend(target) : schema.AllOf;
}
