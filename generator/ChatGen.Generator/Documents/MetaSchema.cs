using System.Text;
using ChatGen.Generator.Diagnostics;
using NJsonSchema;

namespace ChatGen.Generator.Documents;

/// <summary>The meta-schema: a JSON Schema of chat schemas, by which editors complete and check them.</summary>
internal static class MetaSchema
{
    /// <summary>The name of its file, and of the resource.</summary>
    public const string FileName = "chatgen.meta.schema.json";

    private static readonly Lazy<JsonSchema> s_schema = new(() => MetaSchemaBuilder.Build(Root));

    /// <summary>As NJsonSchema sees it.</summary>
    public static JsonSchema Schema => s_schema.Value;

    /// <summary>As it is written.</summary>
    public static JsonObjectNode Root
    {
        get
        {
            using Stream stream = typeof(MetaSchema).Assembly.GetManifestResourceStream(FileName);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var text = new SchemaText(FileName, reader.ReadToEnd(), isBuiltIn: true);
            return (JsonObjectNode)JsonParser.Parse(text, new DiagnosticBag(text), out _);
        }
    }

    /// <summary>
    /// Whether the value of <c>$schema</c> is the place of the meta-schema. Editors ask <c>$schema</c> alone which schema a file is checked by,
    /// so it may stand there in place of draft-07. The place is not looked at.
    /// </summary>
    public static bool IsAt(string address) => address == FileName || (address.EndsWith("/" + FileName, StringComparison.Ordinal) && address.IndexOfAny(['?', '#']) < 0);
}
