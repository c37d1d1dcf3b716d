using System.Globalization;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Emit;

/// <summary>
/// How options are used. The analyzers read attributes, so that they find them in another assembly too; a configuration is read by the shape of the options.
/// </summary>
internal static class UsageEmitter
{
    private const string Shapes = "global::ChatGen.ChatConfigurationShape";

    /// <summary>The subschemas of the options, a line each.</summary>
    public static string EmitRules(string ns, JsonSchemaModel rules)
    {
        SourceWriter writer = SourceWriter.StartFileOfNoNamespace();
        writer.Line("// The rules of the options, for the analyzer that checks how they are used. Numbers stand for other lines, counted from 0.");
        writer.Line("[assembly: global::ChatGen.ChatSubschemas(");
        writer.Indented(() =>
        {
            writer.Line(CSharp.Literal(ns) + ",");
            for (int i = 0; i < rules.Subschemas.Count; i++)
            {
                writer.Line(CSharp.Literal(SubschemaText.Write(rules.Subschemas[i])) + (i == rules.Subschemas.Count - 1 ? ")]" : ","));
            }
        });
        return writer.ToString();
    }

    /// <summary>Marks a record that is checked.</summary>
    public static void Mark(SourceWriter writer, ChatSchemaModel schema, RecordModel record)
    {
        if (record.Subschema is int subschema)
        {
            writer.Line($"[global::ChatGen.ChatRecord({Arguments(schema, record, subschema)})]");
        }

        if (record.IsInput)
        {
            EmitConfiguration(writer, schema, record);
        }
    }

    private static string Arguments(ChatSchemaModel schema, RecordModel record, int subschema)
    {
        string arguments = subschema.ToString(CultureInfo.InvariantCulture);
        if (record.Definition is { } definition)
        {
            arguments += ", " + CSharp.Literal(definition);
        }

        if (record.Alternatives.Count > 0)
        {
            arguments += $", Alternatives = {Texts(record.Alternatives.Select(alternative => string.Join(",", alternative)))}";
        }

        if (record.Name == schema.Restore.Options && schema.Start.Operation.Options is { } start && start != record.Name)
        {
            arguments += $", Start = typeof({start})";
        }

        string[] operations =
        [
            .. schema.Commands.Select(command => command.Operation).Prepend(schema.Restore).Prepend(schema.Start.Operation)
                .Where(operation => operation.Options == record.Name).Select(operation => operation.CSharpName),
        ];
        return operations.Length == 0 ? arguments : $"{arguments}, Operations = {Texts(operations)}";
    }

    /// <summary>Marks a member of a record that is checked.</summary>
    public static void Mark(SourceWriter writer, RecordModel record, PropertyModel property)
    {
        if (record.Subschema is null)
        {
            return;
        }

        string arguments = CSharp.Literal(property.JsonName);
        if ((property.Const ?? property.Default) is { } value)
        {
            arguments += $", Default = {CSharp.Literal(Json(property.Type, value))}";
        }

        arguments += Flag(property.IsReadOnly, "IsReadOnly")
            + Flag(property.EmptyAsDefault, "IsEmptyDefault")
            + Flag(property.Type is BuiltInType { Kind: BuiltInKind.Milliseconds }, "IsMilliseconds")
            + Flag(property is { ClientRole: ClientRole.DisableWebSockets } or { Type: BuiltInType { Kind: BuiltInKind.Transport } }, "IsSameAtRestore");
        if (property.IgnoredWith.Count > 0)
        {
            arguments += $", IgnoredWith = {Texts(property.IgnoredWith)}";
        }

        writer.Line($"[global::ChatGen.ChatMember({arguments})]");

        static string Flag(bool isSet, string name) => isSet ? $", {name} = true" : "";
    }

    /// <summary>What the options need to be read from a configuration, in a part of their own.</summary>
    private static void EmitConfiguration(SourceWriter writer, ChatSchemaModel schema, RecordModel record)
    {
        EmitConfiguration(writer, $"public sealed partial record {record.Name}", record.Name, "Members", record.Properties.Select(property =>
            $"({CSharp.Literal(property.JsonName)}, {CSharp.Literal(property.Name)}, {Shape(property)})"));
        writer.Line();

        // Hierarchies are no records that are marked; the first record speaks for them. One that is reported as wrong may be without cases.
        foreach (UnionModel union in schema.Unions.Where(union => union.IsInput && record == schema.Records.First(each => each.IsInput)))
        {
            EmitConfiguration(writer, $"public abstract partial record {union.Name}", union.Name, "OneOf", union.Cases
                .Select(each => $"({CSharp.Literal(each.Value)}, {Shapes}.Options<{each.Record}>())")
                .Prepend(CSharp.Literal(union.Discriminator)));
            writer.Line();
        }
    }

    private static void EmitConfiguration(SourceWriter writer, string header, string name, string shape, IEnumerable<string> arguments)
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

    private static string Json(TypeModel type, string value) => type is EnumType or BuiltInType
    {
        Kind: BuiltInKind.String or BuiltInKind.Uri or BuiltInKind.Guid or BuiltInKind.DateTimeOffset
    }
        ? JsonText.Quote(value)
        : value;

    private static string Texts(IEnumerable<string> texts) => $"new[] {{ {string.Join(", ", texts.Select(CSharp.Literal))} }}";
}
