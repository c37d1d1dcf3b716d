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
        string values = ValuesName(errors);
        SourceWriter writer = SourceWriter.StartFileOfNoNamespace();
        writer.Line($"[assembly: global::ChatGen.ChatErrorCodes({string.Join(", ", [$"typeof(global::{schema.Namespace}.{errors.Name}.{values})", .. Ranges(errors)])})]");
        writer.Line();
        writer.Line($"namespace {schema.Namespace};");
        writer.Line();
        CSharp.Document(writer, "summary", errors.Description ?? "Error codes of the chat.");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open($"public static class {errors.Name}"))
        {
            foreach (ErrorCodeModel code in errors.Codes)
            {
                CSharp.Document(writer, "summary", code.Description);
                CSharp.Document(writer, "remarks", $"Code {code.Code}; made by the {code.Origin}; recovery: {code.Recovery}.");
                writer.Line($"public static {Code} {code.Name} {{ get; }} = new({Literal(code)}, {Info(code.Name, code.Description, code.Origin, code.Recovery)}, isKnown: true);");
                writer.Line();
            }

            EmitCatalog(writer, errors);
            writer.Line();
            EmitValues(writer, errors, values);
        }

        return writer.ToString();
    }

    /// <summary>The codes again, as constants: a struct cannot be a label.</summary>
    private static void EmitValues(SourceWriter writer, ErrorsModel errors, string name)
    {
        writer.Line("/// <summary>The values of the codes as constants, for <c>switch</c> and patterns over <see cref=\"global::ChatGen.ChatErrorCode.Number\"/> and <see cref=\"global::ChatGen.ChatErrorCode.Text\"/>.</summary>");
        using (writer.Open($"public static class {name}"))
        {
            for (int i = 0; i < errors.Codes.Count; i++)
            {
                if (i > 0)
                {
                    writer.Line();
                }

                ErrorCodeModel code = errors.Codes[i];
                CSharp.Document(writer, "summary", code.Description);
                writer.Line($"public const {(code.IsText ? "string" : "int")} {code.Name} = {Literal(code)};");
            }
        }
    }

    /// <summary>A class cannot hold another of its own name, nor a constant of its own name.</summary>
    private static string ValuesName(ErrorsModel errors)
    {
        string name = TypeNames.ErrorValues;
        while (name == errors.Name || errors.Codes.Any(code => code.Name == name))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>What may come without a name of its own: the ranges, and what the client reports.</summary>
    private static IEnumerable<string> Ranges(ErrorsModel errors) =>
        errors.Ranges.Where(range => range.From <= range.To).Select(range => (From: NumberText.Write(range.From), To: NumberText.Write(range.To)))
            .Concat(new[] { errors.ConnectionCode, errors.LibraryCode }.Distinct().Where(code => !IsNamed(errors, code)).Select(code => (From: code, To: code)))
            .Select(range => $"{range.From}, {range.To}");

    private static bool IsNamed(ErrorsModel errors, string code) => errors.Codes.Any(known => !known.IsText && known.Code == code);

    private static string Literal(ErrorCodeModel code) => code.IsText ? CSharp.Literal(code.Code) : code.Code;

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
