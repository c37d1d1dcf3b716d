using System.Globalization;
using System.Text;

namespace ChatGen.Benchmarks.Compiler;

/// <summary>A variant of the built-in schema with as many commands of its own as asked for: options with every kind of rule, and a result.</summary>
internal static class LargeSchema
{
    private static readonly string[] s_properties =
    [
        """
        "title": {
          "description": "A short text.",
          "type": "string",
          "minLength": 1,
          "maxLength": 64
        }
        """,
        """
        "code": {
          "description": "A code of letters and digits.",
          "type": "string",
          "pattern": "^[A-Z]{2}[0-9]{1,8}$"
        }
        """,
        """
        "count": {
          "description": "How many there are.",
          "type": "integer",
          "minimum": 0,
          "maximum": 1000
        }
        """,
        """
        "share": {
          "description": "How much of all.",
          "type": "number",
          "exclusiveMinimum": 0,
          "default": 0.5
        }
        """,
        """
        "isUrgent": {
          "description": "Whether it cannot wait.",
          "type": "boolean",
          "default": false
        }
        """,
        """
        "page": {
          "description": "Where more is said.",
          "type": "string",
          "format": "uri"
        }
        """,
        """
        "due": {
          "description": "When it has to be done.",
          "type": "string",
          "format": "date-time"
        }
        """,
        """
        "kind": {
          "description": "What kind it is.",
          "type": "string",
          "enum": ["first", "second", "third"]
        }
        """,
        """
        "tags": {
          "description": "Words to find it by.",
          "type": "array",
          "items": { "type": "string" },
          "maxItems": 8
        }
        """,
    ];

    /// <summary>The schema's text.</summary>
    /// <param name="commands">How many commands it adds.</param>
    public static string Create(int commands)
    {
        string[] names = [.. Enumerable.Range(1, commands).Select(i => $"request{i.ToString("00", CultureInfo.InvariantCulture)}")];
        var text = new StringBuilder();
        text.Append(
            """
            {
              "$schema": "http://json-schema.org/draft-07/schema#",
              "$id": "large",
              "x-chat": {
                "extends": "genesys-gwe-8.5",
                "commands": {

            """);
        Append(text, 6, names.Select(name => $"\"{name}\": {{ \"options\": {{ \"$ref\": \"#/definitions/{Type(name)}Options\" }}, \"result\": {{ \"$ref\": \"#/definitions/{Type(name)}Result\" }} }}"));
        text.Append("    },\n    \"transports\": {\n      \"cometd\": { \"operations\": {\n");
        Append(text, 8, names.Select(name => $"\"{name}\": \"{name}\""));
        text.Append("      } },\n      \"rest\": { \"requests\": {\n");
        Append(text, 8, names.Select(name => $"\"{name}\": {{ \"method\": \"POST\", \"path\": \"/session/{name}\", \"body\": {{}} }}"));
        text.Append("      }, \"operations\": {\n");
        Append(text, 8, names.Select(name => $"\"{name}\": \"{name}\""));
        text.Append("      } }\n    }\n  },\n  \"definitions\": {\n");
        // The shorter schema has fewer properties too, so that it is as short as people's variants are.
        int properties = commands == 1 ? 3 : s_properties.Length;
        Append(text, 4, names.SelectMany(name => new[] { Definition(Type(name) + "Options", "What it is asked with.", properties), Definition(Type(name) + "Result", "What comes of it.", properties) }));
        return text.Append("  }\n}\n").ToString();
    }

    private static string Type(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string Definition(string name, string description, int properties)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\"{name}\": {{\n  \"description\": \"{description}\",\n  \"type\": \"object\",\n  \"properties\": {{\n");
        Append(text, 4, s_properties.Take(properties));
        return text.Append("  },\n  \"required\": [\"title\", \"count\"]\n}").ToString();
    }

    private static void Append(StringBuilder text, int indentation, IEnumerable<string> members)
    {
        string indent = new(' ', indentation);
        text.Append(string.Join(",\n", members.Select(member => indent + member.Replace("\n", "\n" + indent, StringComparison.Ordinal)))).Append('\n');
    }
}
