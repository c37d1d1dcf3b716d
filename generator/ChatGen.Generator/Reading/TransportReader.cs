using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Generator.Reading.Rest;

namespace ChatGen.Generator.Reading;

/// <summary>Reads <c>x-chat.transports</c> and what else names members of the generated records.</summary>
internal sealed class TransportReader(
    EquatableArray<CommandModel> commands, OperationModel start, OperationModel restore, ReadTypes types)
{
    private readonly Dictionary<string, RecordModel> _records = types.Records.ToDictionary(record => record.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, OperationModel> _commands = commands.ToDictionary(command => command.Operation.Name, command => command.Operation, StringComparer.Ordinal);

    public StartModel ResolveStart(StartModel model, SectionReader chat)
    {
        PropertyModel? property = FindProperty(model.Operation.Result, model.SessionIdProperty);
        if (property is { IsRequired: true, Type: BuiltInType { Kind: BuiltInKind.String } })
        {
            return model with { SessionIdProperty = property.Name };
        }

        chat.Report((chat.Node["start"] as JsonObjectNode)?["sessionId"] ?? chat.Node, $"'{model.SessionIdProperty}' must be a required string property of the result of '{model.Operation.Name}'");
        return model with { SessionIdProperty = "" };
    }

    public EquatableArray<CommandModel> ResolveCommands(EquatableArray<CommandModel> models, SectionReader chat) =>
        models.Select(model => model with
        {
            Parameters = ResolveParameters(model, chat),
            TranscriptProperty = model.TranscriptProperty is { } name ? ResolveEntries(model.Operation.Result, name, Node(chat, model), "transcript") : null,
        }).ToEquatableArray();

    public TranscriptModel? ReadTranscript(SectionReader? section)
    {
        if (section is null)
        {
            return null;
        }

        string name = section.String("command");
        string from = section.String("from");
        string entries = section.String("entries");
        section.ReportUnknown();
        if (commands.FirstOrDefault(command => command.Operation.Name == name) is not { } command)
        {
            section.Report(section.Node["command"] ?? section.Node, $"There is no command '{name}'; {Suggestion.For(name, commands.Select(other => other.Operation.Name))}");
            return null;
        }

        PropertyModel? fromProperty = FindProperty(command.Operation.Options, from);
        if (fromProperty is not { Type: BuiltInType { Kind: BuiltInKind.Int32 or BuiltInKind.Int64 } })
        {
            section.Report(section.Node["from"] ?? section.Node, $"'{from}' must be an integer property of the options of '{name}'");
            return null;
        }

        string? entriesProperty = ResolveEntries(command.Operation.Result, entries, section, "entries");
        return entriesProperty is null ? null : new TranscriptModel(name, fromProperty.Name, entriesProperty);
    }

    public CometDModel? ReadCometD(SectionReader? section)
    {
        if (section is null)
        {
            return null;
        }

        var operations = new List<WireNameModel>();
        if (section.Section("operations") is { } names)
        {
            foreach (JsonMember member in names.Node.Members.Where(member => IsOperation(names, member)))
            {
                operations.Add(new WireNameModel(member.Name, names.String(member.Name, member.Name)));
            }
        }

        string channel = section.String("channel", "/");
        if (!BayeuxChannels.IsChannel(channel))
        {
            section.Report(section.Node["channel"] ?? section.Node, $"'{channel}' is no Bayeux channel: segments of letters, digits and '-_!~()$@', each after a slash");
        }

        var model = new CometDModel(
            channel,
            section.Boolean("subscribe", true),
            section.String("operation", "operation"),
            section.String("requestId", "requestId"),
            section.String("sessionId", "sessionId"),
            operations.ToEquatableArray());
        section.ReportUnknown();
        return model;
    }

    private bool IsOperation(SectionReader section, JsonMember member)
    {
        if (member.Name == "$comment" || member.Name == start.Name || member.Name == restore.Name || _commands.ContainsKey(member.Name))
        {
            return member.Name != "$comment";
        }

        string[] known = [start.Name, restore.Name, .. commands.Select(command => command.Operation.Name)];
        section.Report(member.NameNode, $"There is no operation '{member.Name}'; {Suggestion.For(member.Name, known)}");
        return false;
    }

    private EquatableArray<string> ResolveParameters(CommandModel command, SectionReader chat)
    {
        if (command.Parameters.Count == 0)
        {
            return EquatableArray<string>.Empty;
        }

        PropertyModel[] properties = FindRecord(command.Operation.Options)?.Properties.ToArray() ?? [];
        var parameters = new List<PropertyModel>();
        string? problem = null;
        foreach (string name in command.Parameters)
        {
            PropertyModel? property = Array.Find(properties, property => property.JsonName == name);
            if (property is null)
            {
                problem = $"'{name}' is no property of the options of '{command.Operation.Name}'; {Suggestion.For(name, properties.Select(other => other.JsonName))}";
            }
            else if (property.Const is not null || property.IsReadOnly)
            {
                problem = $"'{name}' cannot be a parameter: its value is not the caller's to choose";
            }
            else if (!property.IsRequired && property is
            {
                Default: not null,
                Type: BuiltInType { Kind: BuiltInKind.Seconds or BuiltInKind.Milliseconds or BuiltInKind.Uri or BuiltInKind.Guid or BuiltInKind.DateTimeOffset },
            })
            {
                problem = $"'{name}' cannot be a parameter: its default is no constant in C#";
            }
            else if (parameters.Contains(property))
            {
                problem = $"'{name}' is given twice";
            }
            else if (Names.ToParameter(property.Name) == "cancellationToken")
            {
                problem = $"'{name}' cannot be a parameter: every command has one of this name";
            }
            else if (command.Parameters.Count == 1 && property.Type is RecordType type && type.Name == Names.ToPascal(command.Operation.Options!))
            {
                problem = $"'{name}' cannot be the only parameter: it is of the type of the options themselves";
            }
            else if (property.MustBeSet && parameters.Exists(other => !other.MustBeSet))
            {
                problem = $"'{name}' is required and must stand before the parameters that are not";
            }
            else
            {
                parameters.Add(property);
            }
        }

        problem ??= Array.Find(properties, property => property.MustBeSet && !parameters.Contains(property)) is { } absent
            ? $"'{absent.JsonName}' is required and must be a parameter too"
            : null;
        if (problem is null)
        {
            return parameters.Select(property => property.Name).ToEquatableArray();
        }

        chat.Report(Node(chat, command).Node["parameters"]!, problem);
        return EquatableArray<string>.Empty;
    }

    private string? ResolveEntries(string? record, string name, SectionReader section, string member)
    {
        PropertyModel? property = FindProperty(record, name);
        if (property is { Type: ListType { Item: BuiltInType { Kind: BuiltInKind.ChatEvent } } })
        {
            return property.Name;
        }

        section.Report(section.Node[member] ?? section.Node, $"'{name}' must be a property of the result that is an array of events ('x-chat-any-event')");
        return null;
    }

    private static SectionReader Node(SectionReader chat, CommandModel command) => chat.OptionalSection("commands")!.OptionalSection(command.Operation.Name)!;

    private PropertyModel? FindProperty(string? record, string name) => FindRecord(record)?.Properties.FirstOrDefault(property => property.JsonName == name);

    private RecordModel? FindRecord(string? record) => record is not null && _records.TryGetValue(record, out RecordModel? found) ? found : null;
}
