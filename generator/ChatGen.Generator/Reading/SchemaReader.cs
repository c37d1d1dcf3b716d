using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using Microsoft.CodeAnalysis.Text;
using NJsonSchema;

namespace ChatGen.Generator.Reading;

/// <summary>A schema's text to its model and to what is wrong with it.</summary>
internal static class SchemaReader
{
    public static SchemaResult Read(SchemaInput input, CancellationToken cancellationToken)
    {
        SchemaText text = input.Text is null ? BuiltInSchemas.Find(BuiltInSchemas.Default)! : new SchemaText(input.Path, input.Text, isBuiltIn: false);
        var diagnostics = new DiagnosticBag(text);
        var start = new TextSpan(0, 0);
        if (input.TakenBy is not null)
        {
            diagnostics.Add(Descriptors.NamespaceClash, text, start, input.Namespace, input.TakenBy);
            return new SchemaResult(null, diagnostics.Diagnostics);
        }

        if (!Names.IsNamespace(input.Namespace))
        {
            diagnostics.Add(Descriptors.InvalidNamespace, text, start, input.Namespace);
            return new SchemaResult(null, diagnostics.Diagnostics);
        }

        SchemaDocument document = SchemaDocument.Load(text, diagnostics);
        // What follows from a document that is not whole is not the author's mistake.
        DiagnosticBag further = document.IsWhole ? diagnostics : new DiagnosticBag(text);
        SchemaObjectModel schemas = SchemaObjectModelBuilder.Build(document, further, cancellationToken);
        ChatSchemaModel model = ReadModel(input.Namespace, document.Root, schemas, further, cancellationToken);
        return new SchemaResult(IsUsable(model) ? model : ReadBuiltIn(input.Namespace, cancellationToken), diagnostics.Diagnostics);
    }

    /// <summary>Whether a client can be made of it at all.</summary>
    private static bool IsUsable(ChatSchemaModel model) =>
        model is { Start: { SessionIdProperty.Length: > 0, Operation: { Options: not null, Result: not null } }, Restore.Options: not null }
        && new[] { model.Start.Operation.Options, model.Start.Operation.Result, model.Restore.Options }.All(name => model.Records.Any(record => record.Name == name));

    private static ChatSchemaModel ReadBuiltIn(string ns, CancellationToken cancellationToken)
    {
        SchemaText text = BuiltInSchemas.Find(BuiltInSchemas.Default)!;
        var diagnostics = new DiagnosticBag(text);
        SchemaDocument document = SchemaDocument.Load(text, diagnostics);
        return ReadModel(ns, document.Root, SchemaObjectModelBuilder.Build(document, diagnostics, cancellationToken), diagnostics, cancellationToken);
    }

    private static ChatSchemaModel ReadModel(
        string ns, JsonObjectNode root, SchemaObjectModel schemas, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        CheckRoot(root, diagnostics);
        var chat = new SectionReader((JsonObjectNode)root["x-chat"]!, "x-chat", diagnostics);
        chat.Get("version");
        chat.Get("extends");
        var operations = new OperationReader(schemas, diagnostics);
        StartModel start = operations.ReadStart(chat.Section("start"));
        OperationModel restore = operations.ReadRestore(chat.Section("restore"), start.Operation);
        EquatableArray<CommandModel> commands = operations.ReadCommands(chat.Section("commands"), start.Operation, restore);
        EventsModel events = EventReader.Read(chat.Section("events"), schemas, diagnostics);

        IEnumerable<string> inputs = commands.Select(command => command.Operation.Options).Append(start.Operation.Options).Append(restore.Options).OfType<string>();
        cancellationToken.ThrowIfCancellationRequested();
        ReadTypes types = TypeReader.Read(schemas, events.Types.Select(type => type.Record), inputs, diagnostics);
        start = start with { Operation = OnlyMade(start.Operation, types) };
        restore = OnlyMade(restore, types);
        commands = commands.Select(command => command with { Operation = OnlyMade(command.Operation, types) }).ToEquatableArray();
        events = events with { Types = events.Types.Where(type => types.Made.Contains(type.Record)).ToEquatableArray() };

        SectionReader? transports = chat.OptionalSection("transports");
        var transportReader = new TransportReader(commands, start.Operation, restore, types);
        var model = new ChatSchemaModel(
            ns,
            (root["$id"] as JsonStringNode)?.Value ?? "",
            types.Records,
            types.Enums,
            ErrorReader.Read(chat.Section("errors"), schemas, types, diagnostics),
            transportReader.ResolveStart(start, chat),
            restore,
            transportReader.ReadTranscript(chat.OptionalSection("transcript")),
            transportReader.ResolveCommands(commands, chat),
            events,
            transportReader.ReadCometD(transports?.OptionalSection("cometd")),
            transportReader.ReadRest(transports?.OptionalSection("rest")));
        transports?.ReportUnknown();
        chat.ReportUnknown();
        return WithCSharpNames(model);
    }

    /// <summary>An operation without the definitions of which no type is made; why not is reported.</summary>
    private static OperationModel OnlyMade(OperationModel operation, ReadTypes types) => operation with
    {
        Options = operation.Options is { } options && types.Made.Contains(options) ? options : null,
        Result = operation.Result is { } result && types.Made.Contains(result) ? result : null,
    };

    /// <summary>Definitions' names to the names of the types made of them.</summary>
    private static ChatSchemaModel WithCSharpNames(ChatSchemaModel model) => model with
    {
        Start = model.Start with { Operation = WithCSharpNames(model.Start.Operation) },
        Restore = WithCSharpNames(model.Restore),
        Commands = model.Commands.Select(command => command with { Operation = WithCSharpNames(command.Operation) }).ToEquatableArray(),
        Events = model.Events with
        {
            Types = model.Events.Types.Select(type => type with { Record = Names.ToPascal(type.Record) }).ToEquatableArray(),
        },
    };

    private static OperationModel WithCSharpNames(OperationModel operation) => operation with
    {
        Options = operation.Options is { } options ? Names.ToPascal(options) : null,
        Result = operation.Result is { } result ? Names.ToPascal(result) : null,
    };

    private static void CheckRoot(JsonObjectNode root, DiagnosticBag diagnostics)
    {
        string[] allowed = ["$schema", "$id", "$comment", "title", "description", "definitions", "x-chat"];
        if (root["$id"] is not JsonStringNode { Value.Length: > 0 })
        {
            diagnostics.Add(Descriptors.WrongValue, root.Source, root.Find("$id")?.Value.Span ?? new TextSpan(root.Span.Start, 1), "$id", "a string that names the schema");
        }

        foreach (JsonMember member in root.Members)
        {
            if (allowed.Contains(member.Name))
            {
                continue;
            }

            if (KeywordTable.Find(member.Name) is not null)
            {
                diagnostics.Add(Descriptors.UnsupportedKeyword, member.NameNode, member.Name, "at the root of a chat schema: put it into a definition");
            }
            else if (!member.Name.StartsWith("x-", StringComparison.Ordinal) || member.Name.StartsWith("x-chat", StringComparison.Ordinal))
            {
                diagnostics.Add(Descriptors.UnknownKeyword, member.NameNode, member.Name,
                    Suggestion.Near(member.Name, allowed, "remove it, or begin its name with 'x-' if it is meant for another tool"));
            }
        }
    }
}
