using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Emit;

/// <summary>Values and texts of the schema as C#. Nothing of a schema reaches the output but through here.</summary>
internal static class CSharp
{
    public const string GeneratedCode = "[global::System.CodeDom.Compiler.GeneratedCode(\"ChatGen\", \"" + Version + "\")]";

    private const string Version = "0.1";

    private static readonly ConditionalWeakTable<ChatSchemaModel, Dictionary<(string Enum, string Json), string>> s_valueNames = new();

    /// <summary>A string literal in ASCII.</summary>
    public static string Literal(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (char character in value)
        {
            switch (character)
            {
                case '"' or '\\':
                    text.Append('\\').Append(character);
                    break;
                case >= ' ' and <= '~':
                    text.Append(character);
                    break;
                default:
                    text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
                    break;
            }
        }

        return text.Append('"').ToString();
    }

    /// <summary>A UTF-8 literal. A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD as in every UTF-8 encoder.</summary>
    public static string Utf8Literal(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        return Literal(Encoding.UTF8.GetString(bytes)) + "u8";
    }

    /// <summary>A documentation comment. Line separators, which would end it, become spaces.</summary>
    public static void Document(SourceWriter writer, string element, string text)
    {
        writer.Line($"/// <{element}>{Xml(text)}</{element.Split(' ')[0]}>");
    }

    public static string Xml(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            switch (character)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case < ' ' or '\x7f' or '\x85' or '\u2028' or '\u2029' or (>= '\ud800' and <= '\udfff') or '\ufffe' or '\uffff':
                    escaped.Append(' ');
                    break;
                default:
                    escaped.Append(character);
                    break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>Marks what comes next as obsolete, if it is.</summary>
    public static void Deprecate(SourceWriter writer, string? why)
    {
        if (why is not null)
        {
            writer.Line($"[global::System.Obsolete({Literal(why)})]");
        }
    }

    /// <summary>The C# name of a type, without <c>?</c>.</summary>
    public static string TypeName(TypeModel type) => type switch
    {
        RecordType record => record.Name,
        EnumType enumeration => enumeration.Name,
        NullableType nullable => TypeName(nullable.Item) + "?",
        ListType list => $"global::System.Collections.Generic.IReadOnlyList<{ElementName(list.Item)}>",
        DictionaryType dictionary => $"global::System.Collections.Generic.Dictionary<string, {ElementName(dictionary.Value)}>",
        BuiltInType { Kind: var kind } => kind switch
        {
            BuiltInKind.String => "string",
            BuiltInKind.Boolean => "bool",
            BuiltInKind.Int32 => "int",
            BuiltInKind.Int64 => "long",
            BuiltInKind.Double => "double",
            BuiltInKind.Decimal => "decimal",
            BuiltInKind.Uri => "global::System.Uri",
            BuiltInKind.DateTimeOffset => "global::System.DateTimeOffset",
            BuiltInKind.Guid => "global::System.Guid",
            BuiltInKind.Seconds or BuiltInKind.Milliseconds => "global::System.TimeSpan",
            BuiltInKind.JsonObject => "global::System.Text.Json.Nodes.JsonObject",
            BuiltInKind.JsonNode => "global::System.Text.Json.Nodes.JsonNode",
            BuiltInKind.ErrorCode => "global::ChatGen.ChatErrorCode",
            BuiltInKind.ChatEvent => "global::ChatGen.ChatEvent",
            BuiltInKind.Transport => "global::ChatGen.IChatTransport",
            BuiltInKind.StateStorage => "global::ChatGen.IChatStateStorage",
            BuiltInKind.Logger => "global::Microsoft.Extensions.Logging.ILogger",
            BuiltInKind.ChatFile => "global::ChatGen.ChatFile",
            _ => throw new InvalidOperationException($"No C# name for {kind}."),
        },
        _ => throw new InvalidOperationException($"No C# name for {type}."),
    };

    /// <summary>The C# type of a property, with <c>?</c> where there may be no value.</summary>
    public static string PropertyType(PropertyModel property) =>
        TypeName(property.Type) + (property.IsNullable || (property.IsService && !property.IsFile) || property.Type is BuiltInType { Kind: BuiltInKind.JsonNode } ? "?" : "");

    /// <summary>The names of all values of all enumerations, which thousands of defaults can ask for.</summary>
    private static Dictionary<(string Enum, string Json), string> ValueNames(ChatSchemaModel schema) => s_valueNames.GetValue(
        schema,
        static schema => schema.Enums.SelectMany(model => model.Values.Select(value => (Key: (model.Name, value.Json), value.Name))).ToDictionary(pair => pair.Key, pair => pair.Name));

    /// <summary>A default as a C# expression; a type in full, since a member may have its name.</summary>
    public static string Default(PropertyModel property, ChatSchemaModel schema) => property.Type switch
    {
        EnumType type => $"global::{schema.Namespace}.{type.Name}.{ValueNames(schema)[(type.Name, property.Default!)]}",
        BuiltInType { Kind: BuiltInKind.String } => Literal(property.Default!),
        BuiltInType { Kind: BuiltInKind.Seconds } => $"global::System.TimeSpan.FromSeconds({Number(property.Default!)})",
        BuiltInType { Kind: BuiltInKind.Milliseconds } => $"global::System.TimeSpan.FromMilliseconds({Number(property.Default!)})",
        BuiltInType { Kind: BuiltInKind.Double } => Number(property.Default!),
        BuiltInType { Kind: BuiltInKind.Decimal } => property.Default! + "m",
        BuiltInType { Kind: BuiltInKind.Int64 } => property.Default! + "L",
        BuiltInType { Kind: BuiltInKind.Uri } => $"new global::System.Uri({Literal(property.Default!)})",
        BuiltInType { Kind: BuiltInKind.Guid } => $"new global::System.Guid({Literal(property.Default!)})",
        BuiltInType { Kind: BuiltInKind.DateTimeOffset } =>
            $"global::System.DateTimeOffset.Parse({Literal(property.Default!)}, global::System.Globalization.CultureInfo.InvariantCulture)",
        _ => property.Default!,
    };

    /// <summary>The only value of a member as a C# expression.</summary>
    public static string Constant(PropertyModel property) => property.Type switch
    {
        BuiltInType { Kind: BuiltInKind.String } => Literal(property.Const!),
        BuiltInType { Kind: BuiltInKind.Int64 } => property.Const! + "L",
        _ => property.Const!,
    };

    /// <summary>A number as a double literal; JSON's grammar of numbers is a part of C#'s.</summary>
    public static string Number(string json) => json + "d";

    private static string ElementName(TypeModel type) => TypeName(type) + (type is BuiltInType { Kind: BuiltInKind.JsonNode } ? "?" : "");
}
