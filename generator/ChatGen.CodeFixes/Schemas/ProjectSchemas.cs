using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.CodeFixes.Schemas;

/// <summary>The schemas of a project: its additional files with the metadata of <c>ChatSchema</c> items, as the generator sees them.</summary>
internal sealed class ProjectSchemas
{
    /// <summary>The file that a project without a schema gets. The package's build files know it by this name.</summary>
    public const string DefaultFile = "schema.chat.json";

    private const string BuiltIn = "genesys-gwe-8.5";
    private const string Metadata = "build_metadata.AdditionalFiles.";
    private const int MaxBases = 32;

    private readonly Project _project;
    private readonly List<SchemaFile> _files = [];
    private bool _hasAny;

    private ProjectSchemas(Project project) => _project = project;

    public static async Task<ProjectSchemas> ReadAsync(Project project, CancellationToken cancellationToken)
    {
        var schemas = new ProjectSchemas(project);
        foreach (TextDocument document in project.AdditionalDocuments)
        {
            string path = document.FilePath ?? document.Name;
            if (project.AnalyzerOptions.AdditionalFiles.FirstOrDefault(file => file.Path == path) is not { } file)
            {
                continue;
            }

            AnalyzerConfigOptions options = project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(file);
            if (!Is("ChatGenSchema", "true"))
            {
                continue;
            }

            schemas._hasAny = true;
            SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            options.TryGetValue(Metadata + "ChatGenNamespace", out string? ns);
            // An editor may have added a file that the build finds by itself.
            if (schemas._files.All(other => other.Source.Path != path) && SchemaFile.Read(document.Id, path, text.ToString()) is { } schema)
            {
                schemas._files.Add(schema with { Namespace = ns ?? "", Generates = !Is("ChatGenGenerate", "false"), Encoding = text.Encoding ?? schema.Encoding });
            }

            bool Is(string name, string value) => options.TryGetValue(Metadata + name, out string? given) && given.Equals(value, StringComparison.OrdinalIgnoreCase);
        }

        return schemas;
    }

    /// <summary>
    /// The schema of a namespace: the only one, or the one that says so, or the one that says nothing. A project without schemas gets one, unless its build would not find it.
    /// </summary>
    public SchemaFile? Find(string ns)
    {
        if (!_hasAny)
        {
            if (_project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.EnableDefaultChatSchemaItems", out string? isEnabled)
                && isEnabled.Equals("false", StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            string path = _project.FilePath is { } file && Path.GetDirectoryName(file) is { Length: > 0 } folder ? Path.Combine(folder, DefaultFile) : DefaultFile;
            return SchemaFile.Read(null, path, $$"""
                {
                  "$schema": "http://json-schema.org/draft-07/schema#",
                  "$id": {{JsonStyle.Quote(_project.AssemblyName)}},
                  "x-chat": { "extends": "{{BuiltIn}}" }
                }

                """.Replace("\r\n", "\n"));
        }

        SchemaFile[] clients = [.. _files.Where(file => file.Generates)];
        return clients.Length == 1 ? clients[0]
            : clients.FirstOrDefault(file => file.Namespace == ns) ?? (clients.Count(file => file.Namespace.Length == 0) == 1 ? clients.First(file => file.Namespace.Length == 0) : null);
    }

    /// <summary>A schema merged over all that it extends, each part of which knows its file; null if one of them is not found.</summary>
    public JsonObjectNode? Merge(SchemaFile file) => Merge(file, 0);

    private JsonObjectNode? Merge(SchemaFile file, int depth)
    {
        if (file.Extends is not { } name)
        {
            return file.Root;
        }

        JsonObjectNode? root = ReadBuiltIn(name) ?? (depth < MaxBases && FindBase(file, name) is { } next ? Merge(next, depth + 1) : null);
        return root is null ? null : (JsonObjectNode)MergePatch.Apply(root, file.Root, null, out _);
    }

    private SchemaFile? FindBase(SchemaFile file, string name)
    {
        SchemaFile[] found = [.. _files.Where(other => other.Id == name)];
        if (found.Length == 0)
        {
            string path = Normalize(file.Source.Path + "/../" + name);
            found = [.. _files.Where(other => Normalize(other.Source.Path) == path)];
        }

        return found.Length == 1 ? found[0] : null;
    }

    private static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Replace('\\', '/').Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join("/", parts);
    }

    private static JsonObjectNode? ReadBuiltIn(string name)
    {
        using Stream? stream = typeof(ProjectSchemas).Assembly.GetManifestResourceStream(name + ".chat.json");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return JsonParser.Parse(new SchemaText("", reader.ReadToEnd(), isBuiltIn: true), null, out _) as JsonObjectNode;
    }
}
