namespace ChatGen.MetaSchema.Tests;

/// <summary>The files of the repository.</summary>
internal static class Repository
{
    private static readonly string[] s_folders = ["schema", "samples", "tests"];

    public static string Root { get; } = FindRoot();

    public static string MetaSchema { get; } = Path.Combine(Root, "schema", "chatgen.meta.schema.json");

    public static string BuiltInSchema { get; } = Path.Combine(Root, "schema", "genesys-gwe-8.5.chat.json");

    public static string SchemaLanguage { get; } = Path.Combine(Root, "docs", "schema-language.md");

    /// <summary>Every chat schema that is a file, except of those that tests break on purpose.</summary>
    public static IEnumerable<string> ChatSchemas() => s_folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.chat.json", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "BrokenSchema"))
        .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "ChatGen.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests must run within the repository.");
    }
}
