using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;

namespace ChatGen.Generator.Emit;

/// <summary>What the schema says of operations, events and transports, as data for the runtime.</summary>
internal static class ChatSchemaEmitter
{
    public static string Emit(ChatSchemaModel schema)
    {
        SourceWriter writer = SourceWriter.StartFile(schema.Namespace);
        CSharp.Document(writer, "summary", $"The schema '{schema.SchemaId}' as data.");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open("public static class ChatSchema"))
        {
            foreach (EventModel type in schema.Events.Types)
            {
                EmitEvent(writer, type);
            }

            EmitOperation(writer, schema, schema.Start.Operation, "");
            EmitOperation(writer, schema, schema.Restore, "");
            foreach (CommandModel command in schema.Commands)
            {
                EmitOperation(writer, schema, command.Operation, ForAnySession(command));
            }

            EmitProtocol(writer, schema);
            writer.Line();
            writer.Line($"internal static global::ChatGen.ChatErrorCatalog Errors => global::{schema.Namespace}.{schema.Errors.Name}.Catalog;");
            writer.Line();
            EmitWriteEvent(writer, schema);
            EmitSetup(writer, schema, schema.Start.Operation);
            EmitSetup(writer, schema, schema.Restore);
        }

        return writer.ToString();
    }

    private static void EmitEvent(SourceWriter writer, EventModel type)
    {
        writer.Line($"/// <summary>The event <see cref=\"{type.Record}\"/>.</summary>");
        writer.Line($"public static global::ChatGen.ChatEventType<{type.Record}> {type.CSharpName}Type {{ get; }} = new({CSharp.Literal(type.Name)}, {CSharp.Literal(type.WireName)}, {(type.KeptInHistory ? "true" : "false")}, global::ChatGen.ChatEventRole.{Names.ToPascal(type.Role)}, {type.Record}JsonConverter.ReadValue);");
        writer.Line();
    }

    private static void EmitOperation(SourceWriter writer, ChatSchemaModel schema, OperationModel operation, string more)
    {
        if (operation.Description is { } description)
        {
            CSharp.Document(writer, "summary", description);
        }

        string options = operation.Options ?? "global::ChatGen.ChatNone";
        string result = operation.AnswersFile ? "global::ChatGen.ChatFile" : operation.Result ?? "global::ChatGen.ChatNone";
        string write = operation.Options is null ? "null" : $"{operation.Options}JsonConverter.WriteMembers";
        string read = operation.Result is null ? "null" : $"{operation.Result}JsonConverter.ReadValue";
        writer.Line($"public static global::ChatGen.ChatCommandDefinition<{options}, {result}> {operation.CSharpName}Command {{ get; }} = new({CSharp.Literal(operation.Name)}, {write}, {read}{Files(schema, operation)}){more};");
        writer.Line();
    }

    /// <summary>What code that knows no schema needs of a command besides: its options from JSON, its result as JSON, and what it means for the session.</summary>
    private static string ForAnySession(CommandModel command)
    {
        OperationModel operation = command.Operation;
        var members = new List<string>();
        if (operation.Options is { } options)
        {
            members.Add($"Parse = {options}.TryParse");
        }

        if (operation.Result is { } result)
        {
            members.Add($"Write = static (writer, result) => new {result}JsonConverter().Write(writer, result, ChatJsonContext.Default.Options)");
        }

        if (command.IsLeave)
        {
            members.Add("IsLeave = true");
            if (command.TranscriptProperty is { } property)
            {
                members.Add($"EntriesOf = static result => (({operation.Result})result).{property}");
            }
        }

        return members.Count == 0 ? "" : $" {{ {string.Join(", ", members)} }}";
    }

    /// <summary>How the runtime finds the files of the options, which have no JSON.</summary>
    private static string Files(ChatSchemaModel schema, OperationModel operation)
    {
        PropertyModel[] files = [.. schema.Records.FirstOrDefault(record => record.Name == operation.Options)?.Properties.Where(property => property.IsFile) ?? []];
        return files.Length == 0 ? "" : $", static (options, name) => name switch {{ {string.Concat(files.Select(file => $"{CSharp.Literal(file.JsonName)} => options.{file.Name}, "))}_ => null }}";
    }

    private static void EmitProtocol(SourceWriter writer, ChatSchemaModel schema)
    {
        writer.Line("/// <summary>All of it.</summary>");
        using (writer.Open("public static global::ChatGen.ChatProtocol Protocol { get; } = new()", "};"))
        {
            writer.Line($"SchemaId = {CSharp.Literal(schema.SchemaId)},");
            writer.Line($"Errors = global::{schema.Namespace}.{schema.Errors.Name}.Catalog,");
            EmitEvents(writer, schema.Events);
            EmitOpening(writer, schema, "Start", schema.Start.Operation);
            EmitOpening(writer, schema, "Restore", schema.Restore);
            writer.Line($"Commands = [{string.Join(", ", schema.Commands.Select(command => command.Operation.CSharpName + "Command"))}],");
            writer.Line($"SessionIdOf = static result => (({schema.Start.Operation.Result})result).{schema.Start.SessionIdProperty},");
            if (schema.Transcript is { } transcript)
            {
                OperationModel operation = schema.Commands.First(command => command.Operation.Name == transcript.Command).Operation;
                writer.Line($"ReadTranscript = static index => {operation.CSharpName}Command.With(new {operation.Options} {{ {transcript.FromProperty} = index }}),");
                writer.Line($"EntriesOf = static result => (({operation.Result})result).{transcript.EntriesProperty}{Fallback(schema, operation, transcript)},");
            }

            if (schema.CometD is { } cometD)
            {
                EmitCometD(writer, schema, cometD);
            }

            if (schema.Rest is { } rest)
            {
                writer.Line($"Rest = global::ChatGen.RestMapping.Parse({CSharp.Literal(rest.Mapping)}),");
                writer.Line($"CreateRestApi = static client => global::Refit.RestService.ForGenerated<{rest.Interface}>(client),");
            }
        }
    }

    private static void EmitOpening(SourceWriter writer, ChatSchemaModel schema, string member, OperationModel operation)
    {
        string names = string.Concat(OptionsOf(schema, operation).Where(property => SetupMember(property) is not null).Select(property => ", " + CSharp.Literal(property.JsonName)));
        writer.Line($"{member} = new global::ChatGen.ChatOpening<{operation.Options}>({CSharp.Literal(operation.CSharpName)}, {operation.CSharpName}Command.With, {operation.CSharpName}Setup{names}),");
    }

    /// <summary>What the client itself needs of the options.</summary>
    private static void EmitSetup(SourceWriter writer, ChatSchemaModel schema, OperationModel operation)
    {
        var members = new List<string>();
        foreach (PropertyModel property in OptionsOf(schema, operation))
        {
            if (SetupMember(property) is { } member)
            {
                string value = property is { ClientRole: ClientRole.DisableWebSockets, IsNullable: true } ? $"options.{property.Name} ?? false" : $"options.{property.Name}";
                members.Add($"{member} = {value}");
            }
        }

        members.Add("Validation = options.Validate()");
        writer.Line();
        writer.Line($"internal static global::ChatGen.ChatSessionSetup {operation.CSharpName}Setup({operation.Options} options) => new() {{ {string.Join(", ", members)} }};");
    }

    private static EquatableArray<PropertyModel> OptionsOf(ChatSchemaModel schema, OperationModel operation) => schema.Records.First(record => record.Name == operation.Options).Properties;

    /// <summary>What of the client's own a member of the options is; null if it is for the backend.</summary>
    private static string? SetupMember(PropertyModel property) => property switch
    {
        { Type: BuiltInType { Kind: BuiltInKind.Transport or BuiltInKind.StateStorage or BuiltInKind.Logger } service } => service.Kind.ToString(),
        { ClientRole: ClientRole.None } => null,
        _ => property.ClientRole.ToString(),
    };

    private static string Fallback(ChatSchemaModel schema, OperationModel operation, TranscriptModel transcript) =>
        schema.Records.First(record => record.Name == operation.Result).Properties.First(property => property.Name == transcript.EntriesProperty).IsNullable ? " ?? []" : "";

    private static void EmitEvents(SourceWriter writer, EventsModel events)
    {
        using (writer.Open($"Events = new global::ChatGen.ChatEventCatalog([{string.Join(", ", events.Types.Select(type => type.CSharpName + "Type"))}])", "},"))
        {
            writer.Line($"DiscriminatorMember = {CSharp.Literal(events.Discriminator)},");
            writer.Line($"IndexMember = {CSharp.Literal(events.Index)},");
            writer.Line($"TimestampMember = {CSharp.Literal(events.Timestamp)},");
            writer.Line("Write = WriteEvent,");
            if (events.OnLeave is { } onLeave)
            {
                writer.Line($"OnLeave = {CSharp.Literal(onLeave)},");
            }

            if (events.OnLost is { } onLost)
            {
                writer.Line($"OnLost = {CSharp.Literal(onLost)},");
            }

            if (events.ErrorMember is { } member)
            {
                writer.Line($"ErrorMember = {CSharp.Literal(member)},");
            }
        }
    }

    private static void EmitCometD(SourceWriter writer, ChatSchemaModel schema, CometDModel cometD)
    {
        using (writer.Open("CometD = new global::ChatGen.CometDMapping", "},"))
        {
            writer.Line($"Channel = {CSharp.Literal(cometD.Channel)},");
            writer.Line($"Subscribe = {(cometD.Subscribe ? "true" : "false")},");
            writer.Line($"OperationMember = {CSharp.Literal(cometD.OperationMember)},");
            writer.Line($"RequestIdMember = {CSharp.Literal(cometD.RequestIdMember)},");
            writer.Line($"SessionIdMember = {CSharp.Literal(cometD.SessionIdMember)},");
            writer.Line($"RestoreOperation = {CSharp.Literal(schema.Restore.Name)},");
            writer.Line("Operations = global::System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(new global::System.Collections.Generic.Dictionary<string, string>");
            using (writer.Open("", "}),"))
            {
                foreach (WireNameModel operation in cometD.Operations)
                {
                    writer.Line($"[{CSharp.Literal(operation.Name)}] = {CSharp.Literal(operation.WireName)},");
                }
            }
        }
    }

    private static void EmitWriteEvent(SourceWriter writer, ChatSchemaModel schema)
    {
        using (writer.Open("internal static void WriteEvent(global::System.Text.Json.Utf8JsonWriter writer, global::ChatGen.ChatEvent value)"))
        {
            using (writer.Open("switch (value)"))
            {
                foreach (EventModel type in schema.Events.Types)
                {
                    writer.Line($"case {type.Record} typed:");
                    writer.Indented(() =>
                    {
                        writer.Line($"new {type.Record}JsonConverter().Write(writer, typed, ChatJsonContext.Default.Options);");
                        writer.Line("break;");
                    });
                }

                writer.Line("default:");
                writer.Indented(() =>
                {
                    writer.Line("global::ChatGen.ChatJson.WriteUnknown(writer, value);");
                    writer.Line("break;");
                });
            }
        }
    }
}
