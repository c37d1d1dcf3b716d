using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using Microsoft.CodeAnalysis;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>What the parts of a mapping can name: of the schema, and of the mapping itself.</summary>
internal sealed class RestContext(
    EquatableArray<CommandModel> commands, OperationModel start, OperationModel restore, EventsModel events, ErrorsModel errors, ReadTypes types,
    SchemaObjectModel schemas, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, RecordModel> _records = types.Records.ToDictionary(record => record.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, EnumModel> _enums = types.Enums.ToDictionary(type => type.Name, StringComparer.Ordinal);

    public EventsModel Events { get; } = events;

    public ErrorsModel Errors { get; } = errors;

    public SchemaObjectModel Schemas { get; } = schemas;

    public ReadTypes Types { get; } = types;

    public DiagnosticBag Diagnostics { get; } = diagnostics;

    public OperationModel Start { get; } = start;

    public OperationModel Restore { get; } = restore;

    /// <summary>Every operation by its name.</summary>
    public IReadOnlyDictionary<string, OperationModel> Operations { get; } = new[] { start, restore }.Concat(commands.Select(command => command.Operation))
        .GroupBy(operation => operation.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>The command that ends the session.</summary>
    public string? LeaveCommand { get; } = commands.FirstOrDefault(command => command.IsLeave)?.Operation.Name;

    /// <summary>The names of the session's state.</summary>
    public HashSet<string> StateNames { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the state that is counted.</summary>
    public HashSet<string> CounterNames { get; } = new(StringComparer.Ordinal);

    /// <summary>The tables by their names.</summary>
    public Dictionary<string, JsonObjectNode> Tables { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the requests.</summary>
    public List<string> RequestNames { get; } = [];

    public RecordModel? Record(string? name) => name is not null && _records.TryGetValue(name, out RecordModel? record) ? record : null;

    public EnumModel? Enum(string name) => _enums.TryGetValue(name, out EnumModel? type) ? type : null;

    public void Report(JsonNode node, string message) => Diagnostics.Add(Descriptors.InvalidMapping, node, message);

    /// <summary>Reports a part of a string, at the part itself if the string has no escapes that would move it.</summary>
    public void Report(DiagnosticDescriptor descriptor, JsonStringNode node, int start, int length, string message) => Diagnostics.Add(
        descriptor,
        node.Source,
        node.Span.Length == node.Value.Length + 2 ? new(node.Span.Start + 1 + start, length) : node.Span,
        message);

    /// <summary>Reports a placeholder.</summary>
    public void Report(TemplateUse use, string message) => Report(Descriptors.InvalidMapping, use.Node, use.Placeholder.Start, use.Placeholder.Length, message);
}
