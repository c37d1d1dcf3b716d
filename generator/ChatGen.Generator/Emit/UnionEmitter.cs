using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;

namespace ChatGen.Generator.Emit;

/// <summary>A closed hierarchy: an abstract record, of which a value is one of a few, and its JSON converter.</summary>
internal static class UnionEmitter
{
    private const string Json = "global::ChatGen.ChatJson";
    private const string Reader = "ref global::System.Text.Json.Utf8JsonReader reader";
    private const string Writer = "global::System.Text.Json.Utf8JsonWriter writer";

    public static string Emit(ChatSchemaModel schema, UnionModel union)
    {
        SourceWriter writer = SourceWriter.StartFile(schema.Namespace);
        if (union.Description is { } description)
        {
            CSharp.Document(writer, "summary", description);
        }

        CSharp.Document(writer, "remarks", $"One of {string.Join(", ", union.Cases.Select(each => each.Record))}.");
        writer.Line(CSharp.GeneratedCode);
        writer.Line($"[global::System.Text.Json.Serialization.JsonConverter(typeof({union.Name}JsonConverter))]");
        using (writer.Open($"public abstract partial record {union.Name}{(union.IsInput ? $" : global::ChatGen.IChatOptions<{union.Name}>" : "")}"))
        {
            writer.Line($"private protected {union.Name}() {{ }}");
            if (union.IsInput)
            {
                writer.Line();
                ValidationEmitter.EmitEntries(writer, union.Name, hasJsonRules: union.JsonRules is not null);
                writer.Line();
                writer.Line($"internal abstract void Validate(ref {ValidationEmitter.FailureList} failures);");
            }
        }

        return writer.ToString();
    }

    public static string EmitConverter(ChatSchemaModel schema, UnionModel union)
    {
        SourceWriter writer = SourceWriter.StartFile(schema.Namespace);
        string discriminator = CSharp.Literal(union.Discriminator);
        writer.Line($"/// <summary>Reads and writes <see cref=\"{union.Name}\"/> as JSON.</summary>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open($"internal sealed class {union.Name}JsonConverter : global::System.Text.Json.Serialization.JsonConverter<{union.Name}>"))
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line($"public override {union.Name} Read({Reader}, global::System.Type typeToConvert, global::System.Text.Json.JsonSerializerOptions options) => ReadValue(ref reader);");
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line($"public override void Write({Writer}, {union.Name} value, global::System.Text.Json.JsonSerializerOptions options) => {Json}.WriteValue(writer, value, WriteMembers);");
            writer.Line();
            writer.Line("/// <summary>Reads a value; the reader stands on the object's start and is left on its end.</summary>");
            using (writer.Open($"internal static {union.Name} ReadValue({Reader}) => {Json}.PeekString(reader, {discriminator}) switch", "};"))
            {
                foreach (UnionCaseModel each in union.Cases)
                {
                    writer.Line($"{CSharp.Literal(each.Value)} => {each.Record}JsonConverter.ReadValue(ref reader),");
                }

                string allowed = string.Join(", ", union.Cases.Select(each => $"'{each.Value}'"));
                writer.Line($"_ => throw {Json}.Failure({discriminator}, {CSharp.Literal("must be one of " + allowed)}),");
            }

            writer.Line();
            writer.Line("/// <summary>Writes the members that go to the backend, without the braces around them.</summary>");
            using (writer.Open($"internal static void WriteMembers({Writer}, {union.Name} value)"))
            {
                string start = "if";
                foreach (UnionCaseModel each in union.Cases)
                {
                    string variable = Names.ToParameter("the-" + each.Record);
                    using (writer.Open($"{start} (value is {each.Record} {variable})"))
                    {
                        writer.Line($"{each.Record}JsonConverter.WriteMembers(writer, {variable});");
                    }

                    start = "else if";
                }
            }
        }

        if (union.IsInput)
        {
            writer.Line();
            ConfigurationEmitter.Emit(writer, union);
        }

        return writer.ToString();
    }
}
