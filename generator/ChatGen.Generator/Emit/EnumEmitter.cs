using ChatGen.Generator.Model;

namespace ChatGen.Generator.Emit;

/// <summary>An enumeration of strings: a C# enum for what the client sends, an open struct for what a backend sends.</summary>
internal static class EnumEmitter
{
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
        using (writer.Open($"public enum {model.Name}"))
        {
            foreach (EnumValueModel value in model.Values)
            {
                CSharp.Document(writer, "summary", value.Json);
                writer.Line($"{value.Name},");
            }
        }

        writer.Line();
        using (writer.Open($"internal static class {model.Name}Json"))
        {
            writer.Line($"internal static {model.Name} Get(ref global::System.Text.Json.Utf8JsonReader reader, string member) => Parse(global::ChatGen.ChatJson.GetString(ref reader, member), member);");
            writer.Line();
            writer.Line($"internal static {model.Name} Get(ref global::System.Text.Json.Utf8JsonReader reader) => Parse(global::ChatGen.ChatJson.GetString(ref reader), \"\");");
            writer.Line();
            using (writer.Open($"private static {model.Name} Parse(string value, string member) => value switch", "};"))
            {
                foreach (EnumValueModel value in model.Values)
                {
                    writer.Line($"{CSharp.Literal(value.Json)} => {model.Name}.{value.Name},");
                }

                string allowed = string.Join(", ", model.Values.Select(value => $"'{value.Json}'"));
                writer.Line($"_ => throw global::ChatGen.ChatJson.Failure(member, {CSharp.Literal("must be one of " + allowed)}),");
            }

            writer.Line();
            using (writer.Open($"internal static string ToJson({model.Name} value) => value switch", "};"))
            {
                foreach (EnumValueModel value in model.Values)
                {
                    writer.Line($"{model.Name}.{value.Name} => {CSharp.Literal(value.Json)},");
                }

                writer.Line($"_ => throw new global::System.ArgumentOutOfRangeException(nameof(value), value, null),");
            }
        }
    }

    private static void EmitOpen(SourceWriter writer, EnumModel model)
    {
        writer.Line("/// <param name=\"Value\">The value as the backend sends it; it may be one that the schema does not name.</param>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open($"public readonly record struct {model.Name}(string Value)"))
        {
            foreach (EnumValueModel value in model.Values)
            {
                CSharp.Document(writer, "summary", value.Json);
                writer.Line($"public static {model.Name} {value.Name} => new({CSharp.Literal(value.Json)});");
                writer.Line();
            }

            writer.Line("/// <summary>Whether the schema names the value.</summary>");
            // Flat, since the compiler walks a chain of patterns by recursion.
            using (writer.Open("public bool IsKnown => Value switch", "};"))
            {
                foreach (EnumValueModel value in model.Values)
                {
                    writer.Line($"{CSharp.Literal(value.Json)} => true,");
                }

                writer.Line("_ => false,");
            }

            writer.Line("/// <summary>The value as the backend sends it.</summary>");
            writer.Line("public override string ToString() => Value;");
        }
    }
}
