namespace ChatGen.Generator.JsonSchemas;

/// <summary>Which members and items of one instance some subschema has evaluated: the compile-time twin of the runtime's <c>JsonEvaluation</c>.</summary>
internal sealed class EvaluatedParts
{
    private readonly HashSet<string> _properties = new(StringComparer.Ordinal);
    private readonly HashSet<int> _items = [];
    private bool _hasAllProperties;
    private bool _hasAllItems;
    private int _leadingItems;

    /// <summary>Whether there may be more than what is marked.</summary>
    public bool IsUncertain { get; set; }

    public void AddProperty(string name) => _properties.Add(name);

    public void AddAllProperties() => _hasAllProperties = true;

    public void AddItem(int index) => _items.Add(index);

    public void AddLeadingItems(int count) => _leadingItems = Math.Max(_leadingItems, count);

    public void AddAllItems() => _hasAllItems = true;

    public bool HasProperty(string name) => _hasAllProperties || _properties.Contains(name);

    public bool HasItem(int index) => _hasAllItems || index < _leadingItems || _items.Contains(index);

    public void Add(EvaluatedParts other)
    {
        _properties.UnionWith(other._properties);
        _items.UnionWith(other._items);
        _hasAllProperties |= other._hasAllProperties;
        _hasAllItems |= other._hasAllItems;
        IsUncertain |= other.IsUncertain;
        AddLeadingItems(other._leadingItems);
    }
}
