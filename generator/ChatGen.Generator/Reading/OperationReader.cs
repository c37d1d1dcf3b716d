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
            return new StartModel(new OperationModel("startSession", "StartSession", null, "StartSessionOptions", null), "");
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
            return Beside(start, new OperationModel("restoreSession", "RestoreSession", null, "RestoreSessionOptions", null));
        }

        OperationModel operation = ReadOperation(section, section.String("name", "restoreSession"));
        if (operation.CSharpName == start.CSharpName || operation.Name == start.Name)
        {
            diagnostics.Add(Descriptors.NameClash, section.Node["name"] ?? section.Node, operation.Name, operation.CSharpName + "Async");
            operation = Beside(start, operation);
        }

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
        var names = new HashSet<string>(StringComparer.Ordinal) { "Execute", "ExecuteLeave", "Dispose", "ReadEvents", start.CSharpName, restore.CSharpName };
        foreach ((JsonMember member, SectionReader command) in section?.Sections() ?? [])
        {
            OperationModel operation = ReadOperation(command, member.Name, mayAnswerFile: true) with { Obsolete = new PropertyReader(schemas, diagnostics).ReadObsolete(command.Get("x-chat-deprecated"), null) };
            string[] parameters = [.. command.Strings("parameters").Select(name => name.Value)];
            bool isLeave = command.Choice("role", "leave") is not null;
            if (isLeave && operation.AnswersFile)
            {
                command.Report(command.Node["result"]!, $"'{member.Name}' ends the session, so that it cannot answer a file");
                operation = operation with { AnswersFile = false };
            }

            string? transcript = command.OptionalString("transcript");
            command.ReportUnknown();
            if (!names.Add(operation.CSharpName))
            {
                diagnostics.Add(Descriptors.NameClash, member.NameNode, member.Name, operation.CSharpName + "Async");
            }
            else
            {
                commands.Add(new CommandModel(operation, parameters.ToEquatableArray(), isLeave, transcript));
            }
        }

        return commands.ToEquatableArray();
    }

    /// <summary>The operation under a name of its own.</summary>
    private static OperationModel Beside(OperationModel start, OperationModel operation) => operation with
    {
        Name = operation.Name == start.Name ? operation.Name + "Again" : operation.Name,
        CSharpName = operation.CSharpName == start.CSharpName ? operation.CSharpName + "Again" : operation.CSharpName,
    };

    private OperationModel ReadOperation(SectionReader section, string name, bool mayAnswerFile = false)
    {
        section.Get("x-chat-name");
        bool answersFile = mayAnswerFile && section.Get("result") is JsonStringNode { Value: "file" };
        return new OperationModel(
            name, Names.Of(section.Node, name, diagnostics), section.OptionalString("description"), ReadRecord(section, "options"),
            answersFile ? null : ReadRecord(section, "result", mayAnswerFile ? ", or \"file\"" : ""))
        {
            AnswersFile = answersFile,
        };
    }

    /// <summary>The definition that a member refers to.</summary>
    private string? ReadRecord(SectionReader section, string member, string orElse = "")
    {
        switch (section.Get(member))
        {
            case null:
                return null;
            case JsonObjectNode { Members: [{ Name: "$ref", Value: JsonStringNode reference }] }:
                return References.Resolve(reference, schemas, diagnostics, name => TypeReader.IsRecord(schemas, name) ? null : "an object with properties");
            case { } other:
                section.Report(other, $"'{section.Name}.{member}' must be a reference: {{ \"$ref\": \"#/definitions/…\" }}{orElse}");
                return null;
        }
    }
}
