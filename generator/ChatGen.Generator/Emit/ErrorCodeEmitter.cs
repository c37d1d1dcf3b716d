using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;

namespace ChatGen.Generator.Emit;

/// <summary>The error codes as a static class.</summary>
internal static class ErrorCodeEmitter
{
    private const string Code = "global::ChatGen.ChatErrorCode";

    public static string Emit(ChatSchemaModel schema)
    {
        ErrorsModel errors = schema.Errors;
        SourceWriter writer = SourceWriter.StartFile(schema.Namespace);
        CSharp.Document(writer, "summary", errors.Description ?? "Error codes of the chat.");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open($"public static class {errors.Name}"))
        {
            foreach (ErrorCodeModel code in errors.Codes)
            {
                CSharp.Document(writer, "summary", code.Description);
                CSharp.Document(writer, "remarks", $"Code {code.Code}; made by the {code.Origin}; recovery: {code.Recovery}.");
                string value = code.IsText ? CSharp.Literal(code.Code) : code.Code;
                writer.Line($"public static {Code} {code.Name} {{ get; }} = new({value}, {Info(code.Name, code.Description, code.Origin, code.Recovery)}, isKnown: true);");
                writer.Line();
            }

            EmitCatalog(writer, errors);
        }

        return writer.ToString();
    }

    private static void EmitCatalog(SourceWriter writer, ErrorsModel errors)
    {
        writer.Line("/// <summary>All codes and ranges of the schema.</summary>");
        writer.Line("public static global::ChatGen.ChatErrorCatalog Catalog { get; } = new(");
        writer.Indented(() =>
        {
            writer.Line($"[{string.Join(", ", errors.Codes.Select(code => code.Name))}],");
            writer.Line("[");
            writer.Indented(() =>
            {
                foreach (ErrorRangeModel range in errors.Ranges)
                {
                    writer.Line($"new({NumberText.Write(range.From)}, {NumberText.Write(range.To)}, {Info(range.Name, range.Description, range.Origin, range.Recovery)}),");
                }
            });
        });
        using (writer.Open("    ])", "};"))
        {
            writer.Line($"Member = {CSharp.Literal(errors.Member)},");
            writer.Line($"CodeMember = {CSharp.Literal(errors.CodeMember)},");
            writer.Line($"DescriptionMember = {CSharp.Literal(errors.DescriptionMember)},");
            writer.Line($"Connection = {Value(errors, errors.ConnectionCode)},");
            writer.Line($"Library = {Value(errors, errors.LibraryCode)},");
        }
    }

    private static string Value(ErrorsModel errors, string code) =>
        errors.Codes.FirstOrDefault(known => !known.IsText && known.Code == code) is { } named ? named.Name : $"new {Code}({code})";

    private static string Info(string name, string description, string origin, string recovery) =>
        $"new({CSharp.Literal(name)}, {CSharp.Literal(description)}, global::ChatGen.ChatErrorOrigin.{Pascal(origin)}, global::ChatGen.ChatRecovery.{Pascal(recovery)})";

    private static string Pascal(string word) => char.ToUpperInvariant(word[0]) + word.Substring(1);
}
