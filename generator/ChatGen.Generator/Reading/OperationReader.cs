using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Reading;

/// <summary>Reads <c>x-chat.start</c>, <c>x-chat.restore</c> and <c>x-chat.commands</c>.</summary>
internal sealed class OperationReader(SchemaObjectModel schemas, DiagnosticBag diagnostics)
{
    public StartModel ReadStart(SectionReader? section)
    {
        if (section is null)
        {
            return new StartModel(new OperationModel("startSession", null, "StartSessionOptions", null), "");
        }

        OperationModel operation = ReadOperation(section, section.String("name", "startSession"));
        string sessionId = section.String("sessionId");
        if (operation.Options is null || operation.Result is null)
        {
            section.Report(section.Node, $"'{section.Name}' needs 'options' and 'result'");
        }

        section.ReportUnknown();
        return new StartModel(operation, sessionId);
    }

    public OperationModel ReadRestore(SectionReader? section, OperationModel start)
    {
        if (section is null)
        {
            return new OperationModel(NameBeside(start, "restoreSession"), null, "RestoreSessionOptions", null);
        }

        string name = section.String("name", "restoreSession");
        if (Names.ToPascal(name) == Names.ToPascal(start.Name))
        {
            diagnostics.Add(Descriptors.NameClash, section.Node["name"] ?? section.Node, name, Names.ToPascal(name) + "Async");
        }

        OperationModel operation = ReadOperation(section, NameBeside(start, name));
        if (operation.Options is null)
        {
            section.Report(section.Node, $"'{section.Name}' needs 'options'");
        }

        section.ReportUnknown();
        return operation;
    }

    public EquatableArray<CommandModel> ReadCommands(SectionReader? section, OperationModel start, OperationModel restore)
    {
        var commands = new List<CommandModel>();
        var names = new HashSet<string>(StringComparer.Ordinal) { "Execute", "ExecuteLeave", "Dispose", "ReadEvents", Names.ToPascal(start.Name), Names.ToPascal(restore.Name) };
        foreach ((JsonMember member, SectionReader command) in section?.Sections() ?? [])
        {
            OperationModel operation = ReadOperation(command, member.Name);
            string[] parameters = [.. command.Strings("parameters").Select(name => name.Value)];
            bool isLeave = command.Choice("role", "leave") is not null;
            string? transcript = command.OptionalString("transcript");
            command.ReportUnknown();
            string name = Names.ToPascal(member.Name);
            if (!names.Add(name))
            {
                diagnostics.Add(Descriptors.NameClash, member.NameNode, member.Name, name + "Async");
            }
            else
            {
                commands.Add(new CommandModel(operation, parameters.ToEquatableArray(), isLeave, transcript));
            }
        }

        return commands.ToEquatableArray();
    }

    private static string NameBeside(OperationModel start, string name) => Names.ToPascal(name) == Names.ToPascal(start.Name) ? name + "Again" : name;

    private OperationModel ReadOperation(SectionReader section, string name) =>
        new(name, section.OptionalString("description"), ReadRecord(section, "options"), ReadRecord(section, "result"));

    /// <summary>The definition that a member refers to.</summary>
    private string? ReadRecord(SectionReader section, string member)
    {
        switch (section.Get(member))
        {
            case null:
                return null;
            case JsonObjectNode { Members: [{ Name: "$ref", Value: JsonStringNode reference }] }:
                return References.Resolve(reference, schemas, diagnostics, name => TypeReader.IsRecord(schemas, name) ? null : "an object with properties");
            case { } other:
                section.Report(other, $"'{section.Name}.{member}' must be a reference: {{ \"$ref\": \"#/definitions/…\" }}");
                return null;
        }
    }
}
