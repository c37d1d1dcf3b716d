using ChatGen.Generator.Model;

namespace ChatGen.Generator.Emit;

/// <summary>An enumeration of strings: a C# enum for what the client sends, an open struct for what a backend sends.</summary>
internal static class EnumEmitter
{
    // Each property is a method, which costs the compiler three times what a field does; its analysis of null looks at all members of a struct for each of them,
    // so that 10,000 took half a minute. There is no null in these.
    private const int Large = 500;

    public static string Emit(string ns, EnumModel model)
    {
        SourceWriter writer = SourceWriter.StartFile(ns);
        if (model.Description is { } description)
        {
            CSharp.Document(writer, "summary", description);
        }

        if (model.IsOpen)
        {
            EmitOpen(writer, model);
        }
        else
        {
            EmitClosed(writer, model);
        }

        return writer.ToString();
    }

    private static void EmitClosed(SourceWriter writer, EnumModel model)
    {
        writer.Line(CSharp.GeneratedCode);
        writer.Line($"[global::ChatGen.ChatValues({Values(model)})]");
        using (writer.Open($"public enum {model.Name}"))
        {
            foreach (EnumValueModel value in model.Values)
            {
                CSharp.Document(writer, "summary", value.Json);
                writer.Line($"{value.Name},");
            }
        }

        writer.Line();
        EmitValues(writer, model);
    }

    private static void EmitOpen(SourceWriter writer, EnumModel model)
    {
        writer.Line("/// <param name=\"Value\">The value as the backend sends it; it may be one that the schema does not name.</param>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open($"public readonly record struct {model.Name}(string Value)"))
        {
            bool isLarge = model.Values.Count > Large;
            if (isLarge)
            {
                writer.Line("#nullable disable");
            }

            foreach (EnumValueModel value in model.Values)
            {
                CSharp.Document(writer, "summary", value.Json);
                writer.Line($"public static {(isLarge ? "readonly " : "")}{model.Name} {value.Name} {(isLarge ? "=" : "=>")} new({CSharp.Literal(value.Json)});");
                writer.Line();
            }

            if (isLarge)
            {
                writer.Line("#nullable restore");
            }

            writer.Line("/// <summary>Whether the schema names the value.</summary>");
            writer.Line($"public bool IsKnown => {model.Name}Json.Values.Contains(Value);");
            writer.Line();
            writer.Line("/// <summary>The value as the backend sends it.</summary>");
            writer.Line("public override string ToString() => Value;");
        }

        writer.Line();
        EmitValues(writer, model);
    }

    /// <summary>The values as JSON has them, in their order. How they are found is the runtime's: the compiler takes a minute for a switch over 10,000 strings.</summary>
    private static void EmitValues(SourceWriter writer, EnumModel model)
    {
        using (writer.Open($"internal static class {model.Name}Json"))
        {
            writer.Line($"internal static readonly global::ChatGen.ChatJsonValues Values = new({Values(model)});");
        }
    }

    private static string Values(EnumModel model) => string.Join(", ", model.Values.Select(value => CSharp.Literal(value.Json)));
}
