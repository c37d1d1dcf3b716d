using System.Globalization;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Emit;

/// <summary>What the usage analyzer reads: attributes, so that it finds them in another assembly too.</summary>
internal static class UsageEmitter
{
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
            + Flag(Leaf(property.Type) is BuiltInType { Kind: BuiltInKind.Milliseconds }, "IsMilliseconds")
            + Flag(property is { ClientRole: ClientRole.DisableWebSockets } or { Type: BuiltInType { Kind: BuiltInKind.Transport } }, "IsSameAtRestore");
        if (property.IgnoredWith.Count > 0)
        {
            arguments += $", IgnoredWith = {Texts(property.IgnoredWith)}";
        }

        writer.Line($"[global::ChatGen.ChatMember({arguments})]");

        static string Flag(bool isSet, string name) => isSet ? $", {name} = true" : "";
    }

    /// <summary>What lists and dictionaries hold in the end.</summary>
    private static TypeModel Leaf(TypeModel type) => type switch
    {
        ListType list => Leaf(list.Item),
        DictionaryType dictionary => Leaf(dictionary.Value),
        NullableType nullable => Leaf(nullable.Item),
        _ => type,
    };

    private static string Json(TypeModel type, string value) => type is EnumType or BuiltInType
    {
        Kind: BuiltInKind.String or BuiltInKind.Uri or BuiltInKind.Guid or BuiltInKind.DateTimeOffset
    }
        ? JsonText.Quote(value)
        : value;

    private static string Texts(IEnumerable<string> texts) => $"new[] {{ {string.Join(", ", texts.Select(CSharp.Literal))} }}";
}
