using System.Globalization;
using System.Text.Json;

namespace ChatGen;

/// <summary>Writes what is configured as JSON of a shape. What does not fit the shape is written as it is, so that it is reported in the words of the schema.</summary>
/// <param name="writer">Where to.</param>
/// <param name="places">Takes for the path of each value the path in the configuration.</param>
internal sealed class ConfigurationJsonWriter(Utf8JsonWriter writer, Dictionary<string, string> places)
{
    /// <summary>Writes what stands under a key.</summary>
    /// <param name="entry">What stands there.</param>
    /// <param name="shape">What it is to become.</param>
    /// <param name="path">The path of the JSON value.</param>
    public void Write(ConfigurationEntry entry, ChatConfigurationShape shape, string path)
    {
        places[path] = entry.Path;
        shape = shape.Resolved;
        if (shape is ChatConfigurationShape.NullableShape nullable)
        {
            if (entry.IsNull)
            {
                writer.WriteNullValue();
                return;
            }

            shape = nullable.Value.Resolved;
        }

        switch (shape)
        {
            case ChatConfigurationShape.OneOfShape oneOf when !entry.IsText && !entry.IsList:
                WriteObject(entry, (ChatConfigurationShape.ObjectShape)oneOf.Find(Find(entry, oneOf.Discriminator)), path);
                break;
            case ChatConfigurationShape.ObjectShape known when !entry.IsText && !(entry.IsList && entry.Children.All(child => known.Find(child.Key) is null)):
                WriteObject(entry, known, path);
                break;
            case ChatConfigurationShape.DictionaryShape dictionary when !entry.IsText:
                WriteMembers(entry, dictionary.Value, path);
                break;
            case ChatConfigurationShape.ListShape list when entry.IsList || entry is { Children.Count: 0, Value: "" }:
                WriteItems(entry, list.Item, path);
                break;
            case not null when shape == ChatConfigurationShape.AnyObject && !entry.IsText:
                WriteMembers(entry, ChatConfigurationShape.Any, path);
                break;
            case not null when entry.IsList:
                WriteItems(entry, ChatConfigurationShape.Any, path);
                break;
            case not null when entry.Children.Count > 0:
                WriteMembers(entry, ChatConfigurationShape.Any, path);
                break;
            case not null when entry.Value is null:
                writer.WriteNullValue();
                break;
            case not null when shape == ChatConfigurationShape.Number || shape == ChatConfigurationShape.Boolean:
                ConfigurationText.WriteLiteral(writer, entry.Value);
                break;
            default:
                writer.WriteStringValue(entry.Value);
                break;
        }
    }

    private void WriteObject(ConfigurationEntry entry, ChatConfigurationShape.ObjectShape shape, string path)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        foreach ((string key, ConfigurationEntry child) in entry.Children)
        {
            // Of a key that names no member, the schema says whether it may stand there.
            (string name, _, ChatConfigurationShape member) = shape.Find(key) ?? (key, key, ChatConfigurationShape.Any);
            if (member != ChatConfigurationShape.Ignored && !(child.IsNull && IsAbsent(member)) && written.Add(name))
            {
                writer.WritePropertyName(name);
                Write(child, member, path + "." + name);
            }
        }

        writer.WriteEndObject();
    }

    private void WriteMembers(ConfigurationEntry entry, ChatConfigurationShape shape, string path)
    {
        writer.WriteStartObject();
        foreach ((string key, ConfigurationEntry child) in entry.Children)
        {
            writer.WritePropertyName(key);
            Write(child, shape, path + "." + key);
        }

        writer.WriteEndObject();
    }

    private void WriteItems(ConfigurationEntry entry, ChatConfigurationShape shape, string path)
    {
        int index = 0;
        writer.WriteStartArray();
        foreach ((_, ConfigurationEntry child) in entry.Children)
        {
            Write(child, shape, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"));
        }

        writer.WriteEndArray();
    }

    /// <summary>Whether a member without a value is not given. Of objects, a configuration does not tell an empty one from <c>null</c>.</summary>
    private static bool IsAbsent(ChatConfigurationShape shape) => shape.Resolved is not (
        ChatConfigurationShape.NullableShape or ChatConfigurationShape.ObjectShape or ChatConfigurationShape.OneOfShape or ChatConfigurationShape.DictionaryShape)
        && shape != ChatConfigurationShape.AnyObject;

    private static string? Find(ConfigurationEntry entry, string key) =>
        entry.Children.Where(child => string.Equals(child.Key, key, StringComparison.OrdinalIgnoreCase)).Select(child => child.Entry.Value).FirstOrDefault();
}
