using ChatGen.Generator.Model;

namespace ChatGen.Generator.Emit;

/// <summary>How options are read from a configuration: the kinds of JSON that their members are.</summary>
internal static class ConfigurationEmitter
{
    private const string Shapes = "global::ChatGen.ChatConfigurationShape";

    public static void Emit(SourceWriter writer, RecordModel record) => Emit(
        writer, $"public sealed partial record {record.Name}", record.Name, "Members",
        record.Properties.Select(property => $"({CSharp.Literal(property.JsonName)}, {CSharp.Literal(property.Name)}, {Shape(property)})"));

    // A hierarchy that is reported as wrong may be without cases.
    public static void Emit(SourceWriter writer, UnionModel union) => Emit(
        writer, $"public abstract partial record {union.Name}", union.Name, "OneOf",
        union.Cases.Select(each => $"({CSharp.Literal(each.Value)}, {Shapes}.Options<{each.Record}>())").Prepend(CSharp.Literal(union.Discriminator)));

    private static void Emit(SourceWriter writer, string header, string name, string shape, IEnumerable<string> arguments)
    {
        string[] lines = [.. arguments];
        using (writer.Open(header))
        {
            string start = $"static {Shapes} global::ChatGen.IChatOptions<{name}>.ConfigurationShape => {Shapes}.{shape}(";
            writer.Line(lines.Length == 0 ? start + ");" : start);
            writer.Indented(() =>
            {
                for (int i = 0; i < lines.Length; i++)
                {
                    writer.Line(lines[i] + (i == lines.Length - 1 ? ");" : ","));
                }
            });
            writer.Line();
            writer.Line($"static {name} global::ChatGen.IChatOptions<{name}>.ReadJson(ref global::System.Text.Json.Utf8JsonReader reader) => {name}JsonConverter.ReadValue(ref reader);");
        }
    }

    private static string Shape(PropertyModel property) =>
        property.IsService || property.IsReadOnly ? $"{Shapes}.Ignored" : property.AllowsNull ? $"{Shapes}.Nullable({Shape(property.Type)})" : Shape(property.Type);

    private static string Shape(TypeModel type) => Shapes + type switch
    {
        RecordType record => $".Options<{record.Name}>()",
        EnumType => ".Text",
        ListType list => $".List({Shape(list.Item)})",
        DictionaryType dictionary => $".Dictionary({Shape(dictionary.Value)})",
        NullableType nullable => $".Nullable({Shape(nullable.Item)})",
        BuiltInType { IsNumber: true } => ".Number",
        BuiltInType { Kind: BuiltInKind.Boolean } => ".Boolean",
        BuiltInType { Kind: BuiltInKind.JsonObject } => ".AnyObject",
        BuiltInType { Kind: BuiltInKind.JsonNode or BuiltInKind.ErrorCode or BuiltInKind.ChatEvent } => ".Any",
        _ => ".Text",
    };
}
