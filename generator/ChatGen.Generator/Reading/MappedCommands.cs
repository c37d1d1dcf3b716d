using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using ChatGen.Generator.Reading.Rest;

namespace ChatGen.Generator.Reading;

/// <summary>The commands that a transport of the schema can carry out. The others are not generated: they could only fail.</summary>
internal static class MappedCommands
{
    public static EquatableArray<CommandModel> Of(EquatableArray<CommandModel> commands, CometDModel? cometD, RestResult? rest, SectionReader chat)
    {
        var mapped = new HashSet<string>(cometD?.Operations.Select(operation => operation.Name) ?? [], StringComparer.Ordinal);
        mapped.UnionWith(rest?.Mapped ?? []);
        if (mapped.Count == 0)
        {
            return commands;
        }

        JsonObjectNode? names = chat.Node["commands"] as JsonObjectNode;
        foreach (string name in commands.Select(command => command.Operation.Name).Where(name => !mapped.Contains(name) && rest?.Declined.Contains(name) != true))
        {
            chat.Diagnostics.Add(Descriptors.UnmappedCommand, names?.Find(name)?.NameNode ?? (JsonNode)chat.Node, name);
        }

        return commands.Where(command => mapped.Contains(command.Operation.Name)).ToEquatableArray();
    }
}
