using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Model;
using ChatGen.Generator.Reading.Rest;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Generator.Reading;

/// <summary>A schema's text to its model and to what is wrong with it.</summary>
internal static class SchemaReader
{
    public static SchemaResult Read(LinkedSchema input, CancellationToken cancellationToken)
    {
        SchemaChain chain = SchemaChain.Of(input);
        string ns = input.Schema.Namespace;
        var diagnostics = new DiagnosticBag(chain.Text);
        var start = new TextSpan(0, 0);
        if (input.TakenBy is not null)
        {
            diagnostics.Add(Descriptors.NamespaceClash, chain.Text, start, ns, input.TakenBy);
            return new SchemaResult(null, diagnostics.Diagnostics);
        }

        if (input.Schema.Generates && !Names.IsNamespace(ns))
        {
            diagnostics.Add(Descriptors.InvalidNamespace, chain.Text, start, ns);
            return new SchemaResult(null, diagnostics.Diagnostics);
        }

        (SchemaDocument document, ChatSchemaModel? model) = ReadDocument(chain, ns, diagnostics, null, cancellationToken);
        EquatableArray<DiagnosticInfo> placed = FaultPlacement.Place(chain, document, diagnostics, (other, without) =>
        {
            var found = new DiagnosticBag(other.Text);
            ReadDocument(other, ns, found, without, cancellationToken);
            return found;
        });
        placed = MetaSchemaCheck.Complete(document, placed, diagnostics, cancellationToken);
        if (!input.Schema.Generates)
        {
            return new SchemaResult(null, placed);
        }

        model = model is not null && IsUsable(model) ? model : ReadBuiltIn(ns, cancellationToken);
        DiagnosticInfo[] clashes = [.. TypeNames.Of(model)
            .SelectMany(name => input.Nested.Where(nested => nested.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                .Select(nested => new DiagnosticInfo(Descriptors.TypeIsNamespace, chain.Text.Locate(start), new[] { $"{ns}.{name}", nested.File }.ToEquatableArray())))];
        return new SchemaResult(clashes.Length == 0 ? model : null, placed.Concat(clashes).ToEquatableArray());
    }

    private static (SchemaDocument Document, ChatSchemaModel? Model) ReadDocument(
        SchemaChain chain, string ns, DiagnosticBag diagnostics, JsonNode? without, CancellationToken cancellationToken)
    {
        SchemaDocument document = SchemaDocument.Load(chain, diagnostics, without);
        if (document.IsOpen)
        {
            ReadOpen(chain, document, diagnostics, cancellationToken);
            return (document, null);
        }

        // What follows from a document that is not whole is not the author's mistake.
        DiagnosticBag further = document.IsWhole ? diagnostics : new DiagnosticBag(chain.Text);
        IReadOnlyDictionary<string, JsonNode> documents = LinkedDocuments.Read(chain, document.Root);
        SchemaObjectModel schemas = SchemaObjectModelBuilder.Build(document, documents, further, cancellationToken);
        return (document, ReadModel(ns, document, documents, schemas, further, cancellationToken));
    }

    /// <summary>Checks as much of an incomplete base as can be said before its variants complete it.</summary>
    private static void ReadOpen(SchemaChain chain, SchemaDocument document, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        CheckRoot(document, diagnostics);
        SchemaObjectModel schemas = SchemaObjectModelBuilder.Build(document, LinkedDocuments.Read(chain, document.Root), diagnostics, cancellationToken);
        ErrorReader.Read(null, schemas, TypeReader.Read(schemas, [], [], diagnostics), diagnostics);
    }

    /// <summary>Whether a client can be made of it at all.</summary>
    private static bool IsUsable(ChatSchemaModel model) =>
        model is { Start: { SessionIdProperty.Length: > 0, Operation: { Options: not null, Result: not null } }, Restore.Options: not null }
        && new[] { model.Start.Operation.Options, model.Start.Operation.Result, model.Restore.Options }.All(name => model.Records.Any(record => record.Name == name));

    private static ChatSchemaModel ReadBuiltIn(string ns, CancellationToken cancellationToken)
    {
        SchemaChain chain = SchemaChain.BuiltIn(BuiltInSchemas.Default);
        var diagnostics = new DiagnosticBag(chain.Text);
        SchemaDocument document = SchemaDocument.Load(chain, diagnostics);
        IReadOnlyDictionary<string, JsonNode> none = LinkedDocuments.Read(chain, document.Root);
        return ReadModel(ns, document, none, SchemaObjectModelBuilder.Build(document, none, diagnostics, cancellationToken), diagnostics, cancellationToken);
    }

    private static ChatSchemaModel ReadModel(
        string ns, SchemaDocument document, IReadOnlyDictionary<string, JsonNode> documents, SchemaObjectModel schemas, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        JsonObjectNode root = document.Root;
        CheckRoot(document, diagnostics);
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

        start = start with { Operation = WithCSharpNames(start.Operation, schemas, diagnostics) };
        restore = WithCSharpNames(restore, schemas, diagnostics);
        commands = commands.Select(command => command with { Operation = WithCSharpNames(command.Operation, schemas, diagnostics) }).ToEquatableArray();
        events = events with
        {
            Types = events.Types.Select(type => type with { Record = TypeReader.TypeName(schemas, type.Record, diagnostics) }).ToEquatableArray(),
        };
        string[] checkedTypes = [.. types.Records.Where(record => record.IsInput).Select(record => record.Name)];
        (JsonSchemaModel? jsonRules, JsonSchemaModel? usageRules) =
            ReadJsonRules(document, documents, schemas, types.JsonRules, [.. checkedTypes.Select(name => types.Schemas[name])], diagnostics, cancellationToken);
        ErrorsModel errors = ErrorReader.Read(chat.Section("errors"), schemas, types, diagnostics);
        SectionReader? transports = chat.OptionalSection("transports");
        var transportReader = new TransportReader(commands, start.Operation, restore, types);
        CometDModel? cometD = transportReader.ReadCometD(transports?.OptionalSection("cometd"));
        RestResult? rest = transports?.OptionalSection("rest") is { } section
            ? RestReader.Read(section, new RestContext(commands, start.Operation, restore, events, errors, types, schemas, diagnostics))
            : null;
        TranscriptModel? transcript = transportReader.ReadTranscript(chat.OptionalSection("transcript"));
        commands = MappedCommands.Of(transportReader.ResolveCommands(commands, chat), cometD, rest, chat);
        var model = new ChatSchemaModel(
            ns,
            (root["$id"] as JsonStringNode)?.Value ?? "",
            types.Records.Select(record => record with
            {
                JsonRules = jsonRules is null ? null : record.JsonRules,
                NeedsJsonRules = jsonRules is not null && record.NeedsJsonRules,
                Subschema = usageRules is not null && Array.IndexOf(checkedTypes, record.Name) is >= 0 and int root ? usageRules.Roots[root] : null,
            }).ToEquatableArray(),
            jsonRules is null ? types.Unions.Select(union => union with { JsonRules = null }).ToEquatableArray() : types.Unions,
            types.Enums,
            jsonRules,
            usageRules,
            errors,
            transportReader.ResolveStart(start, chat),
            restore,
            commands.Any(command => command.Operation.Name == transcript?.Command) ? transcript : null,
            commands,
            events,
            cometD,
            rest?.Model);
        transports?.ReportUnknown();
        chat.ReportUnknown();
        return model;
    }

    /// <summary>
    /// Checks every keyword as JSON Schema has it, and reads what the rules of the records do not say, and all that is said of what a client sends. Where something is
    /// reported already, it is the same mistake.
    /// </summary>
    private static (JsonSchemaModel? JsonRules, JsonSchemaModel? UsageRules) ReadJsonRules(
        SchemaDocument document, IReadOnlyDictionary<string, JsonNode> documents, SchemaObjectModel schemas, IReadOnlyList<JsonNode> roots, IReadOnlyList<JsonNode> inputs,
        DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var found = new DiagnosticBag(document.Root.Source);
        var options = new JsonSchemaOptions(document.Dialect, documents) { AssertsFormat = true, AssertsLaterFormats = true, AnnotatesUnknownFormats = true };
        JsonNode[] all = [.. schemas.Names.Select(name => schemas.NodeOf(schemas.Find(name)!))];
        JsonSchemaModel? whole = JsonSchemaReader.Read(document.Root, all, options, found, out IReadOnlyList<JsonNode> nodes);
        if (whole is not null)
        {
            SchemaContradictions.Find(whole, nodes, found, cancellationToken);
        }

        // A circle of references is said at the reference that closes it.
        FaultsBeside.Add(diagnostics, found, except: diagnostics.Has(Descriptors.LoopingReference) ? Descriptors.EndlessApplication : null);
        return whole is null ? (null, null) : (ReadAgain(roots), ReadAgain(inputs));

        JsonSchemaModel? ReadAgain(IReadOnlyList<JsonNode> some) => some.Count == 0 ? null : JsonSchemaReader.Read(document.Root, some, options, found);
    }

    /// <summary>An operation without the definitions of which no type is made; why not is reported.</summary>
    private static OperationModel OnlyMade(OperationModel operation, ReadTypes types) => operation with
    {
        Options = operation.Options is { } options && types.Made.Contains(options) ? options : null,
        Result = operation.Result is { } result && types.Made.Contains(result) ? result : null,
    };

    /// <summary>Definitions' names to the names of the types made of them.</summary>
    private static OperationModel WithCSharpNames(OperationModel operation, SchemaObjectModel schemas, DiagnosticBag diagnostics) => operation with
    {
        Options = operation.Options is { } options ? TypeReader.TypeName(schemas, options, diagnostics) : null,
        Result = operation.Result is { } result ? TypeReader.TypeName(schemas, result, diagnostics) : null,
    };

    private static void CheckRoot(SchemaDocument document, DiagnosticBag diagnostics)
    {
        JsonObjectNode root = document.Root;
        string[] allowed = ["$schema", "$id", "$comment", "title", "description", "definitions", "x-chat", .. document.Dialect == JsonSchemaDialect.Draft202012 ? ["$defs"] : (string[])[]];
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

            if (KeywordTable.Find(document.Dialect, member.Name) is not null)
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
