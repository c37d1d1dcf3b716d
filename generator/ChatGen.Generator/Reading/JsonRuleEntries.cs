using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Reading;

/// <summary>Which types need an entry of the schema's own validator: those whose rules do not say all, and those that hold such.</summary>
internal sealed class JsonRuleEntries
{
    private readonly Dictionary<string, JsonNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<JsonNode> _roots = [];

    /// <summary>The schemas, by the entry that the types name.</summary>
    public IReadOnlyList<JsonNode> Roots => _roots;

    /// <summary>The schema that each type is made of.</summary>
    public IReadOnlyDictionary<string, JsonNode> Schemas => _nodes;

    /// <summary>The schema that a type is made of.</summary>
    public void Add(string type, JsonNode node) => _nodes[type] = node;

    public (EquatableArray<RecordModel> Records, EquatableArray<UnionModel> Unions) Assign(IReadOnlyList<RecordModel> records, IReadOnlyList<UnionModel> unions)
    {
        var holders = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (RecordModel record in records.Where(record => record.IsInput))
        {
            foreach (string held in record.Properties.Select(property => RecordIn(property.Type)).OfType<string>())
            {
                Hold(held, record.Name);
            }
        }

        foreach (UnionModel union in unions.Where(union => union.IsInput))
        {
            foreach (UnionCaseModel each in union.Cases)
            {
                Hold(each.Record, union.Name);
            }
        }

        var needed = new HashSet<string>(records.Where(record => record.NeedsJsonRules).Select(record => record.Name), StringComparer.Ordinal);
        var open = new Stack<string>(needed);
        while (open.Count > 0)
        {
            foreach (string holder in holders.TryGetValue(open.Pop(), out List<string>? all) ? all.Where(needed.Add) : [])
            {
                open.Push(holder);
            }
        }

        return (
            records.Select(record => needed.Contains(record.Name) ? record with { JsonRules = Enter(record.Name) } : record).ToEquatableArray(),
            unions.Select(union => needed.Contains(union.Name) ? union with { JsonRules = Enter(union.Name) } : union).ToEquatableArray());

        void Hold(string held, string holder)
        {
            if (!holders.TryGetValue(held, out List<string>? all))
            {
                holders.Add(held, all = []);
            }

            all.Add(holder);
        }
    }

    private int Enter(string type)
    {
        _roots.Add(_nodes[type]);
        return _roots.Count - 1;
    }

    private static string? RecordIn(TypeModel type) => type switch
    {
        RecordType record => record.Name,
        ListType list => RecordIn(list.Item),
        DictionaryType dictionary => RecordIn(dictionary.Value),
        NullableType nullable => RecordIn(nullable.Item),
        _ => null,
    };
}
