using System.Globalization;
using ChatGen.Analyzers.Usage;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.Configuration;

/// <summary>
/// What a file configures as JSON of a record, whose nodes stand where the file has them: the compile-time twin of the runtime's <c>ConfigurationJsonWriter</c>. Other files,
/// the environment and code may add to it, so objects and arrays are open.
/// </summary>
/// <param name="records">The records.</param>
/// <param name="reportKey">Takes what is wrong with a key.</param>
internal sealed class ConfigurationReader(RecordCatalog records, Action<JsonNode, string> reportKey)
{
    public JsonNode ReadRecord(ConfigurationNode node, RecordInfo record)
    {
        if (node.Text is not null || (node.IsList && node.Children.All(child => Find(record, child.Key) is null)))
        {
            return ReadAny(node);
        }

        var members = new List<JsonMember>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ConfigurationNode child in node.Children)
        {
            if (Find(record, child.Key) is not { } member)
            {
                reportKey(child.Name, $"'{child.Key}' is no member of '{record.Type.Name}'; {Suggestion.For(child.Key, record.Members.Where(IsConfigurable).Select(each => each.Name))}");
            }
            else if (!IsConfigurable(member))
            {
                reportKey(child.Name, member.IsReadOnly
                    ? $"'{member.Name}' has no effect in a configuration: the backend alone sets it"
                    : $"'{member.Name}' has no effect in a configuration: it exists only in the process, so code has to give it");
            }
            else if (!IsAbsent(child, member) && seen.Add(member.JsonName))
            {
                members.Add(new JsonMember(member.JsonName, new JsonStringNode(child.Name.Source, child.Name.Span, member.JsonName), Read(child, member.Symbol.Type)));
            }
        }

        return new JsonObjectNode(node.Name.Source, node.Span, members) { IsOpen = true };
    }

    private JsonNode Read(ConfigurationNode node, ITypeSymbol type)
    {
        ConfigurationShape shape = ConfigurationShape.Of(type, records);
        return shape.Kind switch
        {
            ConfigurationKind.Unknown => new JsonUnknownNode(node.Name.Source, node.Span, mayBeAbsent: false),
            ConfigurationKind.Record => ReadRecord(node, shape.Record!),
            ConfigurationKind.Dictionary when node.Text is null => ReadMembers(node, child => Read(child, shape.Part!)),
            ConfigurationKind.AnyObject when node.Text is null => ReadMembers(node, ReadAny),
            ConfigurationKind.List when node.IsList || node.Value is JsonArrayNode => ReadItems(node, child => Read(child, shape.Part!)),
            ConfigurationKind.Number or ConfigurationKind.Boolean when node.Text is { } text => ReadLiteral(node, text),
            ConfigurationKind.Text or ConfigurationKind.Any when node.Text is { } text => new JsonStringNode(node.Name.Source, node.Span, text),
            _ => ReadAny(node),
        };
    }

    /// <summary>A value of any shape. Its scalars are strings.</summary>
    private static JsonNode ReadAny(ConfigurationNode node) => node switch
    {
        { IsList: true } => ReadItems(node, ReadAny),
        { Children.Count: > 0 } => ReadMembers(node, ReadAny),
        { Text: { } text } => new JsonStringNode(node.Name.Source, node.Span, text),
        _ => new JsonNullNode(node.Name.Source, node.Span),
    };

    private static JsonObjectNode ReadMembers(ConfigurationNode node, Func<ConfigurationNode, JsonNode> read) =>
        new(node.Name.Source, node.Span, [.. node.Children.Select(child => new JsonMember(child.Key, child.Name, read(child)))]) { IsOpen = true };

    /// <summary>An array. If only some items are given, for other files to give the rest, it is not known which they are.</summary>
    private static JsonNode ReadItems(ConfigurationNode node, Func<ConfigurationNode, JsonNode> read)
    {
        JsonNode[] items = [.. node.Children.Select(read)];
        return node.Children.Select((child, i) => child.Key == i.ToString(CultureInfo.InvariantCulture)).All(isNext => isNext)
            ? new JsonArrayNode(node.Name.Source, node.Span, items) { IsOpen = true }
            : new JsonUnknownNode(node.Name.Source, node.Span, mayBeAbsent: false);
    }

    /// <summary>A number or a Boolean where one is wanted, if the text is one.</summary>
    private static JsonNode ReadLiteral(ConfigurationNode node, string text)
    {
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return new JsonBooleanNode(node.Name.Source, node.Span, text.Length == 4);
        }

        JsonNode value = JsonParser.Parse(new SchemaText("", text, isBuiltIn: false), null, out bool isWhole);
        return isWhole && value is JsonNumberNode && value.Span.Length == text.Length
            ? new JsonNumberNode(node.Name.Source, node.Span, text)
            : new JsonStringNode(node.Name.Source, node.Span, text);
    }

    private bool IsConfigurable(RecordMember member) => !member.IsReadOnly && ConfigurationShape.Of(member.Symbol.Type, records).Kind != ConfigurationKind.Service;

    /// <summary>Whether a member without a value is not given. An empty text may stand for the default, which fits.</summary>
    private bool IsAbsent(ConfigurationNode node, RecordMember member) =>
        (node.IsNull && ConfigurationShape.Of(member.Symbol.Type, records).Kind is not (ConfigurationKind.Record or ConfigurationKind.Dictionary or ConfigurationKind.AnyObject))
        || (member.IsEmptyDefault && node.Text is { Length: 0 });

    private static RecordMember? Find(RecordInfo record, string key) =>
        record.Members.FirstOrDefault(member => member.JsonName == key)
        ?? record.Members.FirstOrDefault(member => Same(member.JsonName, key))
        ?? record.Members.FirstOrDefault(member => Same(member.Name, key));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
