using System.Globalization;
using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Configuration;

/// <summary>
/// A key of a configuration with what stands under it, as .NET reads a file: a colon in a name parts keys, keys of one name are one without regard to case, and items are keys
/// of numbers.
/// </summary>
internal sealed class ConfigurationNode
{
    private readonly Dictionary<string, ConfigurationNode> _byKey = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ConfigurationNode> _children = [];

    private ConfigurationNode(string key, JsonStringNode name)
    {
        Key = key;
        Name = name;
    }

    public string Key { get; }

    /// <summary>Where the key stands; of an item, where the item does.</summary>
    public JsonStringNode Name { get; }

    /// <summary>What the file has as the value; null if only keys that begin with this one and a colon are there.</summary>
    public JsonNode? Value { get; private set; }

    public IReadOnlyList<ConfigurationNode> Children => _children;

    public TextSpan Span => Value?.Span ?? Name.Span;

    /// <summary>The text that .NET reads; null for what has none.</summary>
    public string? Text => Value switch
    {
        _ when Children.Count > 0 => null,
        JsonStringNode text => text.Value,
        JsonNumberNode number => number.Text,
        JsonBooleanNode flag => flag.Value ? bool.TrueString : bool.FalseString,
        JsonArrayNode => "",
        _ => null,
    };

    /// <summary>Whether there is neither a text nor anything beneath.</summary>
    public bool IsNull => Children.Count == 0 && Text is null;

    /// <summary>Whether all keys are those of items.</summary>
    public bool IsList => Children.Count > 0 && Children.All(child => child.Key.Length > 0 && child.Key.All(character => character is >= '0' and <= '9'));

    /// <summary>Reads a file.</summary>
    public static ConfigurationNode Read(JsonObjectNode root)
    {
        var node = new ConfigurationNode("", new JsonStringNode(root.Source, root.Span, ""));
        node.Add(root);
        return node;
    }

    /// <summary>What stands under a key; null if there is nothing.</summary>
    public ConfigurationNode? Find(string key) => _byKey.TryGetValue(key, out ConfigurationNode? child) ? child : null;

    private void Add(JsonNode value)
    {
        Value ??= value;
        switch (value)
        {
            case JsonObjectNode members:
                foreach (JsonMember member in members.Members)
                {
                    ConfigurationNode node = this;
                    foreach (string key in member.Name.Split(':'))
                    {
                        node = node.Child(key, member.NameNode);
                    }

                    node.Add(member.Value);
                }

                break;
            case JsonArrayNode items:
                for (int i = 0; i < items.Items.Count; i++)
                {
                    string key = i.ToString(CultureInfo.InvariantCulture);
                    Child(key, new JsonStringNode(value.Source, items.Items[i].Span, key)).Add(items.Items[i]);
                }

                break;
            default:
                break;
        }
    }

    private ConfigurationNode Child(string key, JsonStringNode name)
    {
        if (!_byKey.TryGetValue(key, out ConfigurationNode? child))
        {
            child = new ConfigurationNode(key, name);
            _byKey.Add(key, child);
            _children.Add(child);
        }

        return child;
    }
}
