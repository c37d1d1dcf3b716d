using System.Text;

namespace ChatGen.Generator.Documents;

/// <summary>The schemas that are embedded in the generator.</summary>
internal static class BuiltInSchemas
{
    /// <summary>The schema that is used where a project names none.</summary>
    public const string Default = "genesys-gwe-8.5";

    private const string Extension = ".chat.json";

    public static IReadOnlyList<string> Names { get; } =
        [.. typeof(BuiltInSchemas).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => name.Substring(0, name.Length - Extension.Length))
            .OrderBy(name => name, StringComparer.Ordinal)];

    public static SchemaText? Find(string name)
    {
        if (!Names.Contains(name, StringComparer.Ordinal))
        {
            return null;
        }

        using Stream stream = typeof(BuiltInSchemas).Assembly.GetManifestResourceStream(name + Extension);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new SchemaText(name + Extension, reader.ReadToEnd(), isBuiltIn: true);
    }
}
