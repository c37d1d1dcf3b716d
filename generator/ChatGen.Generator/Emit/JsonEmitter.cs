using System.Globalization;
using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;

namespace ChatGen.Generator.Emit;

/// <summary>The JSON converter of each record, and the resolver of all.</summary>
internal static class JsonEmitter
{
    private const string Json = "global::ChatGen.ChatJson";
    private const string NullToken = "global::System.Text.Json.JsonTokenType.Null";
    private const string Reader = "ref global::System.Text.Json.Utf8JsonReader reader";
    private const string Writer = "global::System.Text.Json.Utf8JsonWriter writer";

    public static string EmitConverter(ChatSchemaModel schema, RecordModel record)
    {
        SourceWriter writer = SourceWriter.StartFile(schema.Namespace);
        writer.Line($"/// <summary>Reads and writes <see cref=\"{record.Name}\"/> as JSON.</summary>");
        writer.Line(CSharp.GeneratedCode);
        // Options may have members that are not sent; of the others, everything is in WriteMembers.
        bool isPlain = record.Properties.All(property => property.IsSent || property.IsService);
        string converter = isPlain && record.IsEvent ? $"() : global::ChatGen.ChatEventJsonConverter<{record.Name}>(WriteMembers, ChatSchema.Protocol.Events)"
            : isPlain ? $"() : global::ChatGen.ChatJsonConverter<{record.Name}>(ReadValue, WriteMembers)"
            : $" : global::System.Text.Json.Serialization.JsonConverter<{record.Name}>";
        using (writer.Open($"internal sealed class {record.Name}JsonConverter{converter}"))
        {
            EmitMembers(writer, record);
            if (!isPlain)
            {
                EmitOverrides(writer, schema, record);
            }

            EmitReadValue(writer, schema, record);
            writer.Line();
            EmitWriteMembers(writer, schema, record);
            if (record.NeedsJsonRules && HasUnsent(record))
            {
                writer.Line();
                EmitWriteAllMembers(writer, schema, record);
            }
        }

        if (record.IsInput)
        {
            writer.Line();
            ConfigurationEmitter.Emit(writer, record);
        }

        return writer.ToString();
    }

    /// <summary>Whether a record has members that are not sent and yet belong to what the schema demands.</summary>
    public static bool HasUnsent(RecordModel record) => record.Properties.Any(property => !property.IsSent);

    private static void EmitWriteAllMembers(SourceWriter writer, ChatSchemaModel schema, RecordModel record)
    {
        writer.Line("/// <summary>Writes all members as the schema's rules are to see them: what exists only in the process is an object.</summary>");
        using (writer.Open($"internal static void WriteAllMembers({Writer}, {record.Name} value)"))
        {
            foreach (PropertyModel property in record.Properties.Where(property => !property.IsSent))
            {
                if (property.IsService)
                {
                    writer.Line($"{Json}.WritePresence(writer, {CSharp.Utf8Literal(property.JsonName)}, value.{property.Name});");
                }
                else
                {
                    EmitWriteProperty(writer, schema, property);
                }
            }

            writer.Line("WriteMembers(writer, value);");
        }
    }

    public static string EmitContext(ChatSchemaModel schema)
    {
        SourceWriter writer = SourceWriter.StartFile(schema.Namespace);
        string[] names = [.. schema.Records.Select(record => record.Name), .. schema.Unions.Select(union => union.Name)];
        writer.Line("/// <summary>Resolves the generated types for System.Text.Json without reflection.</summary>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open("public sealed class ChatJsonContext : global::System.Text.Json.Serialization.JsonSerializerContext, global::System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver"))
        {
            writer.Line("/// <summary>A context with default options.</summary>");
            writer.Line("public ChatJsonContext() : base(null) { }");
            writer.Line();
            writer.Line("/// <summary>A context with options of the caller's own; they become read-only.</summary>");
            writer.Line("public ChatJsonContext(global::System.Text.Json.JsonSerializerOptions options) : base(options) { }");
            writer.Line();
            writer.Line("/// <summary>The context with default options.</summary>");
            writer.Line("public static ChatJsonContext Default { get; } = new();");
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line("protected override global::System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;");
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line("public override global::System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(global::System.Type type) => Options.GetTypeInfo(type);");
            writer.Line();
            using (writer.Open("global::System.Text.Json.Serialization.Metadata.JsonTypeInfo? global::System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver.GetTypeInfo(global::System.Type type, global::System.Text.Json.JsonSerializerOptions options)"))
            {
                foreach (string name in names)
                {
                    using (writer.Open($"if (type == typeof(global::{schema.Namespace}.{name}))"))
                    {
                        writer.Line($"return global::System.Text.Json.Serialization.Metadata.JsonMetadataServices.CreateValueInfo<global::{schema.Namespace}.{name}>(options, new {name}JsonConverter());");
                    }

                    writer.Line();
                }

                writer.Line("return null;");
            }

            foreach (string name in names)
            {
                writer.Line();
                writer.Line($"/// <summary>How <see cref=\"global::{schema.Namespace}.{name}\"/> is read and written.</summary>");
                writer.Line($"public global::System.Text.Json.Serialization.Metadata.JsonTypeInfo<global::{schema.Namespace}.{name}> {name} => (global::System.Text.Json.Serialization.Metadata.JsonTypeInfo<global::{schema.Namespace}.{name}>)Options.GetTypeInfo(typeof(global::{schema.Namespace}.{name}));");
            }
        }

        return writer.ToString();
    }

    private static PropertyModel[] ReadProperties(RecordModel record) => [.. record.Properties.Where(property => !property.IsService)];

    private static void EmitMembers(SourceWriter writer, RecordModel record)
    {
        string names = string.Concat(ReadProperties(record).Select(property => ", " + CSharp.Literal(property.JsonName)));
        writer.Line($"private static readonly global::ChatGen.ChatJsonMembers s_members = new({(record.AllowsOthers ? "true" : "false")}{names});");
        writer.Line();
    }

    private static void EmitOverrides(SourceWriter writer, ChatSchemaModel schema, RecordModel record)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override {record.Name} Read({Reader}, global::System.Type typeToConvert, global::System.Text.Json.JsonSerializerOptions options) => {(record.IsEvent ? $"{Json}.ReadEvent<{record.Name}>(ref reader, ChatSchema.Protocol.Events)" : "ReadValue(ref reader)")};");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        using (writer.Open($"public override void Write({Writer}, {record.Name} value, global::System.Text.Json.JsonSerializerOptions options)"))
        {
            writer.Line("writer.WriteStartObject();");
            if (record.IsEvent)
            {
                writer.Line("global::ChatGen.ChatJson.WriteHeader(writer, value, ChatSchema.Protocol.Events);");
            }

            foreach (PropertyModel property in record.Properties.Where(property => !property.IsSent && !property.IsService))
            {
                EmitWriteProperty(writer, schema, property);
            }

            writer.Line("WriteMembers(writer, value);");
            writer.Line("writer.WriteEndObject();");
        }

        writer.Line();
    }

    private static void EmitReadValue(SourceWriter writer, ChatSchemaModel schema, RecordModel record)
    {
        if (record.IsEvent)
        {
            writer.Line("/// <summary>Reads an event's own members where it is a part of something else.</summary>");
            writer.Line($"internal static {record.Name} ReadValue({Reader}) => ReadValue(ref reader, default);");
            writer.Line();
        }

        writer.Line("/// <summary>Reads a value; the reader stands on the object's start and is left on its end.</summary>");
        string header = record.IsEvent ? ", global::ChatGen.ChatEventHeader header" : "";
        using (writer.Open($"internal static {record.Name} ReadValue({Reader}{header})"))
        {
            PropertyModel[] properties = ReadProperties(record);
            foreach (PropertyModel property in properties)
            {
                writer.Line($"{CSharp.TypeName(property.Type)}? {Variable(property)} = null;");
                if (NeedsFlag(property))
                {
                    writer.Line($"bool {Flag(property)} = false;");
                }
            }

            writer.Line("int member = -1;");
            using (writer.Open("while (s_members.Next(ref reader, ref member))"))
            {
                // An empty switch is a warning.
                if (properties.Length > 0)
                {
                    EmitReadMembers(writer, properties);
                }
            }

            writer.Line();
            foreach (PropertyModel property in properties.Where(property => property.Const is not null))
            {
                writer.Line($"{Json}.ExpectConstant({CSharp.Literal(property.JsonName)}, {Variable(property)}, {CSharp.Constant(property)});");
            }

            using (writer.Open($"return new {record.Name}", "};"))
            {
                if (record.IsEvent)
                {
                    writer.Line("Index = header.Index,");
                    writer.Line("Timestamp = header.Timestamp,");
                }

                foreach (PropertyModel property in properties.Where(property => property.Const is null))
                {
                    writer.Line($"{property.Name} = {ReadResult(schema, record, property)},");
                }

                // No JSON has a file, which Validate() then misses.
                foreach (PropertyModel file in record.Properties.Where(property => property is { IsFile: true, MustBeSet: true }))
                {
                    writer.Line($"{file.Name} = null!,");
                }
            }
        }
    }

    private static void EmitReadMembers(SourceWriter writer, PropertyModel[] properties)
    {
        using (writer.Open("switch (member)"))
        {
            for (int i = 0; i < properties.Length; i++)
            {
                string flag = NeedsFlag(properties[i]) ? $"{Flag(properties[i])} = true; " : "";
                writer.Line($"case {i.ToString(CultureInfo.InvariantCulture)}: {flag}{Variable(properties[i])} = {ReadExpression(properties[i])}; break;");
            }
        }
    }

    private static string ReadResult(ChatSchemaModel schema, RecordModel record, PropertyModel property)
    {
        string variable = Variable(property);
        string missing = $"throw {Json}.Missing({CSharp.Literal(property.JsonName)})";
        if (NeedsFlag(property))
        {
            return $"{Flag(property)} ? {variable} : {(property.IsRequired ? missing : CSharp.Default(property, schema))}";
        }

        // What is only sent does not come back.
        if (property.IsRequired && (record.IsInput || !property.IsWriteOnly))
        {
            return $"{variable} ?? {missing}";
        }

        if (property.IsRequired && property.Default is null)
        {
            return property.Type.IsValueType ? $"{variable} ?? default" : $"{variable}!";
        }

        return property.Default is null ? variable : $"{variable} ?? {CSharp.Default(property, schema)}";
    }

    /// <summary>Whether absent and <c>null</c> have to be told apart.</summary>
    private static bool NeedsFlag(PropertyModel property) =>
        (property.IsRequired || property.Default is not null) && (property.AllowsNull || property.Type is BuiltInType { Kind: BuiltInKind.JsonNode });

    private static string ReadExpression(PropertyModel property)
    {
        string member = CSharp.Literal(property.JsonName);
        string read = property.Type switch
        {
            RecordType record => $"{Json}.GetValue(ref reader, {member}, {record.Name}JsonConverter.ReadValue)",
            EnumType { IsOpen: true } type => $"new {type.Name}({type.Name}Json.Values.GetString(ref reader, {member}))",
            EnumType type => $"({type.Name}){type.Name}Json.Values.Get(ref reader, {member})",
            ListType list => $"{Json}.GetList(ref reader, {member}, {ElementReader(list.Item)})",
            DictionaryType dictionary => $"{Json}.GetDictionary(ref reader, {member}, {ElementReader(dictionary.Value)})",
            BuiltInType { Kind: BuiltInKind.ErrorCode } => $"{Json}.GetErrorCode(ref reader, {member}, ChatSchema.Errors)",
            BuiltInType { Kind: BuiltInKind.ChatEvent } => $"{Json}.GetValue(ref reader, {member}, ChatSchema.Protocol.Events.Read)",
            BuiltInType { Kind: BuiltInKind.JsonNode } => $"{Json}.GetJsonNode(ref reader)",
            BuiltInType { Kind: var kind } => $"{Json}.Get{kind}(ref reader, {member})",
            _ => throw new InvalidOperationException($"No reader for {property.Type}."),
        };
        return property.AllowsNull && property.Type is not BuiltInType { Kind: BuiltInKind.JsonNode } ? $"reader.TokenType == {NullToken} ? null : {read}" : read;
    }

    private static string ElementReader(TypeModel type) => type switch
    {
        RecordType record => $"{record.Name}JsonConverter.ReadValue",
        EnumType { IsOpen: true } model => $"static ({Reader}) => new {model.Name}({model.Name}Json.Values.GetString(ref reader, \"\"))",
        EnumType model => $"static ({Reader}) => ({model.Name}){model.Name}Json.Values.Get(ref reader, \"\")",
        BuiltInType { Kind: BuiltInKind.ChatEvent } => "ChatSchema.Protocol.Events.Read",
        BuiltInType { Kind: BuiltInKind.ErrorCode } => $"static ({Reader}) => {Json}.GetErrorCode(ref reader, ChatSchema.Errors)",
        BuiltInType { Kind: var kind } => $"{Json}.Get{kind}",
        ListType list => $"static ({Reader}) => {Json}.GetList(ref reader, {ElementReader(list.Item)})",
        DictionaryType dictionary => $"static ({Reader}) => {Json}.GetDictionary(ref reader, {ElementReader(dictionary.Value)})",
        NullableType nullable when nullable.Item.IsValueType => $"static ({Reader}) => {Json}.GetNullableValue(ref reader, {ElementReader(nullable.Item)})",
        NullableType nullable => $"static ({Reader}) => {Json}.GetNullable(ref reader, {ElementReader(nullable.Item)})",
        _ => throw new InvalidOperationException($"No reader for {type}."),
    };

    private static void EmitWriteMembers(SourceWriter writer, ChatSchemaModel schema, RecordModel record)
    {
        writer.Line("/// <summary>Writes the members that go to the backend, without the braces around them.</summary>");
        using (writer.Open($"internal static void WriteMembers({Writer}, {record.Name} value)"))
        {
            foreach (PropertyModel property in record.Properties.Where(property => property.IsSent))
            {
                EmitWriteProperty(writer, schema, property);
            }
        }
    }

    private static void EmitWriteProperty(SourceWriter writer, ChatSchemaModel schema, PropertyModel property)
    {
        string name = CSharp.Utf8Literal(property.JsonName);
        string value = $"value.{property.Name}";
        if (property.EmptyAsDefault && property.Default is not null)
        {
            writer.Line($"writer.WriteString({name}, string.IsNullOrEmpty({value}) ? {CSharp.Default(property, schema)} : {value});");
            return;
        }

        // The runtime leaves out what is null. What the backend alone sets is not there yet.
        if (property is { IsRequired: true, IsReadOnly: false } && (property.IsNullable || property.Type is BuiltInType { Kind: BuiltInKind.JsonNode }))
        {
            using (writer.Open($"if ({value} is null)"))
            {
                writer.Line($"writer.WriteNull({name});");
            }

            writer.Line();
        }

        writer.Line(property.Type switch
        {
            RecordType record => $"{Json}.WriteValue(writer, {name}, {value}, {record.Name}JsonConverter.WriteMembers);",
            EnumType { IsOpen: true } => $"{Json}.WriteString(writer, {name}, {value}{(property.IsNullable ? "?" : "")}.Value);",
            EnumType model => $"{Json}.WriteEnum(writer, {name}, (int{(property.IsNullable ? "?" : "")}){value}, {model.Name}Json.Values);",
            ListType list => $"{Json}.WriteList(writer, {name}, {value}, {ElementWriter(list.Item, 0)});",
            DictionaryType dictionary => $"{Json}.WriteDictionary(writer, {name}, {value}, {ElementWriter(dictionary.Value, 0)});",
            BuiltInType { Kind: BuiltInKind.ChatEvent } => $"{Json}.WriteEvent(writer, {name}, {value}, ChatSchema.WriteEvent);",
            BuiltInType { Kind: BuiltInKind.JsonObject } => $"{Json}.WriteJsonNode(writer, {name}, {value});",
            BuiltInType { Kind: var kind } => $"{Json}.Write{kind}(writer, {name}, {value});",
            _ => throw new InvalidOperationException($"No writer for {property.Type}."),
        });
    }

    private static string ElementWriter(TypeModel type, int depth)
    {
        string item = "item" + depth.ToString(CultureInfo.InvariantCulture);
        return type switch
        {
            RecordType record => Lambda($"{Json}.WriteValue(writer, {item}, {record.Name}JsonConverter.WriteMembers)"),
            EnumType { IsOpen: true } => Lambda($"writer.WriteStringValue({item}.Value)"),
            EnumType model => Lambda($"writer.WriteStringValue({model.Name}Json.Values[(int){item}])"),
            ListType list => Lambda($"{Json}.WriteList(writer, {item}, {ElementWriter(list.Item, depth + 1)})"),
            DictionaryType dictionary => Lambda($"{Json}.WriteDictionary(writer, {item}, {ElementWriter(dictionary.Value, depth + 1)})"),
            NullableType nullable => Lambda(
                $"{Json}.{(nullable.Item.IsValueType ? "WriteNullableValue" : "WriteNullable")}(writer, {item}, {ElementWriter(nullable.Item, depth + 1)})"),
            BuiltInType { Kind: BuiltInKind.ChatEvent } => "ChatSchema.WriteEvent",
            BuiltInType { Kind: BuiltInKind.JsonObject } => $"{Json}.WriteJsonNode",
            BuiltInType { Kind: var kind } => $"{Json}.Write{kind}",
            _ => throw new InvalidOperationException($"No writer for {type}."),
        };

        string Lambda(string expression) => $"static (writer, {item}) => {expression}";
    }

    private static string Variable(PropertyModel property) => Names.ToParameter("the-" + property.Name);

    private static string Flag(PropertyModel property) => "has" + property.Name;
}
