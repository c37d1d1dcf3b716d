namespace ChatGen.JsonSchemas;

/// <summary>
/// Which members and items of one instance some subschema has evaluated: the annotations that <c>unevaluatedProperties</c> and <c>unevaluatedItems</c> go by
/// (JSON Schema Core 2020-12, section 11). Not thread-safe; one validation owns it.
/// </summary>
public sealed class JsonEvaluation
{
    private HashSet<string>? _properties;
    private HashSet<int>? _items;
    private bool _hasAllProperties;
    private bool _hasAllItems;
    private int _leadingItems;

    /// <summary>Marks a member.</summary>
    /// <param name="name">Its name.</param>
    public void AddProperty(string name) => (_properties ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);

    /// <summary>Marks every member.</summary>
    public void AddAllProperties() => _hasAllProperties = true;

    /// <summary>Marks an item.</summary>
    /// <param name="index">Its index from 0.</param>
    public void AddItem(int index) => (_items ??= []).Add(index);

    /// <summary>Marks the first items.</summary>
    /// <param name="count">How many.</param>
    public void AddLeadingItems(int count) => _leadingItems = Math.Max(_leadingItems, count);

    /// <summary>Marks every item.</summary>
    public void AddAllItems() => _hasAllItems = true;

    /// <summary>Whether a member is marked.</summary>
    /// <param name="name">Its name.</param>
    public bool HasProperty(string name) => _hasAllProperties || (_properties is not null && _properties.Contains(name));

    /// <summary>Whether an item is marked.</summary>
    /// <param name="index">Its index from 0.</param>
    public bool HasItem(int index) => _hasAllItems || index < _leadingItems || (_items is not null && _items.Contains(index));

    /// <summary>Takes over what a subschema has marked that the instance is valid against.</summary>
    /// <param name="other">The marks of the subschema.</param>
    public void Add(JsonEvaluation other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._properties is not null)
        {
            (_properties ??= new HashSet<string>(StringComparer.Ordinal)).UnionWith(other._properties);
        }

        if (other._items is not null)
        {
            (_items ??= []).UnionWith(other._items);
        }

        _hasAllProperties |= other._hasAllProperties;
        _hasAllItems |= other._hasAllItems;
        AddLeadingItems(other._leadingItems);
    }
}
