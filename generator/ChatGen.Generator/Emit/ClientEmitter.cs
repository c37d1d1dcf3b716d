using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;

namespace ChatGen.Generator.Emit;

/// <summary>The typed surface of client and session over the runtime's core.</summary>
internal static class ClientEmitter
{
    private const string Token = "global::System.Threading.CancellationToken cancellationToken = default";
    private const string TokenDocument = "/// <param name=\"cancellationToken\">Stops waiting.</param>";
    private const string Task = "global::System.Threading.Tasks.Task";

    public static string EmitClient(ChatSchemaModel schema)
    {
        SourceWriter writer = SourceWriter.StartFile(schema.Namespace);
        CSharp.Document(writer, "summary", $"Starts and restores chat sessions by the schema '{schema.SchemaId}'.");
        writer.Line("/// <remarks>Thread-safe. Disposing it lets go of its sessions without ending them.</remarks>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open("public sealed class ChatClient : global::ChatGen.ChatClientCore<ChatSession>, global::ChatGen.IChatClient<ChatClient>"))
        {
            writer.Line("/// <summary>A client.</summary>");
            writer.Line("/// <param name=\"settings\">What holds for all sessions of the client; <see langword=\"null\"/> for the defaults.</param>");
            using (writer.Open("public ChatClient(global::ChatGen.ChatClientSettings? settings = null) : base(ChatSchema.Protocol, settings)"))
            {
            }

            writer.Line();
            EmitStart(writer, schema);
            writer.Line();
            EmitRestore(writer, schema);
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line("protected override ChatSession CreateSession(global::ChatGen.ChatSessionContext context) => new(context);");
            writer.Line();
            EmitForAnyClient(writer, schema);
        }

        return writer.ToString();
    }

    /// <summary>
    /// <c>Done</c> for what the client returns. The runtime's own is generic, so that a handler of <c>Task&lt;ChatSession?&gt;</c> would be warned of a null
    /// that it never gets; this one says nothing of null on purpose.
    /// </summary>
    public static string EmitPromise(ChatSchemaModel schema)
    {
        SourceWriter writer = SourceWriter.StartFile(schema.Namespace, nullable: "disable");
        writer.Line("/// <summary>The specification's promise on what the client returns.</summary>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open("public static class ChatSessionPromise"))
        {
            writer.Line("/// <summary>Calls back with the session once there is one; without a session to restore it is left to <c>Fail</c>.</summary>");
            writer.Line("/// <param name=\"promise\">What is waited for.</param>");
            writer.Line("/// <param name=\"done\">Takes the session; never called with <see langword=\"null\"/>.</param>");
            writer.Line("/// <returns>Completes after the callback ran, with the same result or exception.</returns>");
            writer.Line($"public static {Task}<ChatSession> Done(this {Task}<ChatSession> promise, global::System.Action<ChatSession> done) => global::ChatGen.ChatPromise.Done(promise, done);");
        }

        return writer.ToString();
    }

    public static string EmitSession(ChatSchemaModel schema)
    {
        SourceWriter writer = SourceWriter.StartFile(schema.Namespace);
        writer.Line("/// <summary>A chat session. Commands fail with a <see cref=\"global::ChatGen.ChatException\"/>.</summary>");
        writer.Line("/// <remarks>Thread-safe. Disposing it lets go of the session without ending it, so that it can be restored.</remarks>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open("public sealed class ChatSession : global::ChatGen.ChatSessionCore"))
        {
            using (writer.Open("internal ChatSession(global::ChatGen.ChatSessionContext context) : base(context)"))
            {
            }

            foreach (CommandModel command in schema.Commands)
            {
                writer.Line();
                EmitCommand(writer, schema, command);
            }

            foreach (EventModel type in schema.Events.Types)
            {
                writer.Line();
                CSharp.Document(writer, "summary", schema.Records.First(record => record.Name == type.Record).Description ?? $"The event '{type.Name}'.");
                writer.Line("/// <param name=\"handler\">Gets first the events that came before, then each new one, in order.</param>");
                writer.Line("/// <returns>Stops the handler when disposed.</returns>");
                writer.Line($"public global::System.IDisposable On{type.CSharpName}(global::System.Action<{type.Record}> handler) => On(handler);");
            }
        }

        return writer.ToString();
    }

    /// <summary>What lets code that knows no schema make the client and read its options.</summary>
    private static void EmitForAnyClient(SourceWriter writer, ChatSchemaModel schema)
    {
        const string Client = "global::ChatGen.IChatClient<ChatClient>";
        writer.Line($"static global::ChatGen.ChatProtocol {Client}.Protocol => ChatSchema.Protocol;");
        writer.Line();
        writer.Line($"static ChatClient {Client}.Create(global::ChatGen.ChatClientSettings settings) => new(settings);");
        writer.Line();
        using (writer.Open($"static void {Client}.VisitOptions(global::ChatGen.IChatOptionsVisitor visitor)"))
        {
            foreach (OperationModel operation in new[] { schema.Start.Operation, schema.Restore })
            {
                writer.Line($"visitor.Visit<{operation.Options}>({CSharp.Literal(operation.CSharpName)});");
            }
        }
    }

    private static void EmitStart(SourceWriter writer, ChatSchemaModel schema)
    {
        OperationModel start = schema.Start.Operation;
        EmitSummary(writer, start);
        writer.Line("/// <param name=\"options\">What the session is started with.</param>");
        writer.Line(TokenDocument);
        writer.Line("/// <returns>The session.</returns>");
        writer.Line("/// <exception cref=\"global::ChatGen.ChatException\">The options break the schema, the backend cannot be reached, or it refuses.</exception>");
        using (writer.Open($"public {Task}<ChatSession> {start.CSharpName}Async({start.Options} options, {Token})"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(options);");
            writer.Line($"return StartAsync(ChatSchema.{start.CSharpName}Setup(options), ChatSchema.{start.CSharpName}Command.With(options), cancellationToken);");
        }
    }

    private static void EmitRestore(SourceWriter writer, ChatSchemaModel schema)
    {
        OperationModel restore = schema.Restore;
        bool isOptional = !schema.Records.First(record => record.Name == restore.Options).Properties.Any(property => property.MustBeSet);
        EmitSummary(writer, restore);
        writer.Line("/// <param name=\"options\">How the session is restored.</param>");
        writer.Line(TokenDocument);
        writer.Line("/// <returns>The session; <see langword=\"null\"/> if there is none to restore.</returns>");
        writer.Line("/// <exception cref=\"global::ChatGen.ChatException\">There is a session, but it cannot be restored.</exception>");
        using (writer.Open($"public {Task}<ChatSession?> {restore.CSharpName}Async({restore.Options}{(isOptional ? "? options = null" : " options")}, {Token})"))
        {
            writer.Line(isOptional ? $"options ??= new {restore.Options}();" : "global::System.ArgumentNullException.ThrowIfNull(options);");
            writer.Line($"return RestoreAsync(ChatSchema.{restore.CSharpName}Setup(options), ChatSchema.{restore.CSharpName}Command.With(options), cancellationToken);");
        }
    }

    private static void EmitCommand(SourceWriter writer, ChatSchemaModel schema, CommandModel command)
    {
        OperationModel operation = command.Operation;
        string name = operation.CSharpName;
        string? result = ResultOf(operation);
        string returns = result is null || command.IsLeave ? Task : $"{Task}<{result}>";
        if (operation.Options is null)
        {
            EmitSummary(writer, operation);
            writer.Line(TokenDocument);
            CSharp.Deprecate(writer, operation.Obsolete);
            writer.Line($"public {returns} {name}Async({Token}) => {Execute(command, $"ChatSchema.{name}Command.With(null)", "default")};");
            return;
        }

        RecordModel options = schema.Records.First(record => record.Name == operation.Options);
        EmitSummary(writer, operation);
        writer.Line("/// <param name=\"options\">What the command is carried out with.</param>");
        writer.Line(TokenDocument);
        CSharp.Deprecate(writer, operation.Obsolete);
        using (writer.Open($"public {returns} {name}Async({operation.Options} options, {Token})"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(options);");
            writer.Line($"return {Execute(command, $"ChatSchema.{name}Command.With(options)", "options.Validate()")};");
        }

        if (command.Parameters.Count > 0)
        {
            writer.Line();
            EmitShortForm(writer, schema, command, options, returns);
        }
    }

    private static void EmitShortForm(SourceWriter writer, ChatSchemaModel schema, CommandModel command, RecordModel options, string returns)
    {
        PropertyModel[] parameters = [.. command.Parameters.Select(name => options.Properties.First(property => property.Name == name))];
        EmitSummary(writer, command.Operation);
        foreach (PropertyModel property in parameters)
        {
            writer.Line($"/// <param name=\"{Names.ToParameter(property.Name).TrimStart('@')}\">{CSharp.Xml(property.Description ?? property.JsonName)}</param>");
        }

        writer.Line(TokenDocument);
        string list = string.Join(", ", parameters.Select(property => $"{CSharp.PropertyType(property)} {Names.ToParameter(property.Name)}{Optional(schema, property)}"));
        string members = string.Join(", ", parameters.Select(property => $"{property.Name} = {Names.ToParameter(property.Name)}"));
        string name = command.Operation.CSharpName;
        CSharp.Deprecate(writer, command.Operation.Obsolete);
        writer.Line($"[global::ChatGen.ChatCommand(typeof({options.Name}), {string.Join(", ", parameters.Select(property => CSharp.Literal(property.Name)))})]");
        writer.Line($"public {returns} {name}Async({list}, {Token}) => {name}Async(new {options.Name} {{ {members} }}, cancellationToken);");
    }

    private static string Optional(ChatSchemaModel schema, PropertyModel property) =>
        property.MustBeSet ? "" : property.Default is null ? " = null" : $" = {CSharp.Default(property, schema)}";

    private static string Execute(CommandModel command, string call, string validation)
    {
        OperationModel operation = command.Operation;
        if (command.IsLeave)
        {
            return $"ExecuteLeaveAsync({call}, ChatSchema.{operation.CSharpName}Command.EntriesOf, cancellationToken)";
        }

        string generic = ResultOf(operation) is { } answered ? $"<{answered}>" : "";
        return $"ExecuteAsync{generic}({call}, {validation}, cancellationToken)";
    }

    /// <summary>The type of what an operation answers.</summary>
    private static string? ResultOf(OperationModel operation) => operation.AnswersFile ? CSharp.TypeName(new BuiltInType(BuiltInKind.ChatFile)) : operation.Result;

    private static void EmitSummary(SourceWriter writer, OperationModel operation) =>
        CSharp.Document(writer, "summary", operation.Description ?? $"The operation '{operation.Name}'.");
}
