using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGen.Tests.Shared;
using Xunit;

namespace ChatGen.MetaSchema.Tests;

/// <summary>The validator that is not ours.</summary>
internal static class Ajv
{
    /// <summary>In place of a schema's path: the official meta-schema of draft-07.</summary>
    public const string Draft07 = "draft-07";

    /// <summary>Validates documents by a draft-07 schema.</summary>
    /// <returns>What it objects to in each document; empty where nothing.</returns>
    public static Task<IReadOnlyDictionary<string, string[]>> ValidateAsync(string schema, IEnumerable<(string Name, JsonObject Document)> documents) =>
        ValidateTextAsync(schema, new JsonObject(documents.Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)entry.Document))).ToJsonString());

    /// <summary>The same for documents by name in one text.</summary>
    public static async Task<IReadOnlyDictionary<string, string[]>> ValidateTextAsync(string schema, string documents)
    {
        await NpmPackages.SchemaTools.RequireAsync();
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");
        try
        {
            await File.WriteAllTextAsync(file, documents);
            NodeRun run = await NodeProgram.RunAsync("node", ["validate.mjs", schema, file], NpmPackages.SchemaTools.Folder, TestContext.Current.CancellationToken);
            Assert.True(run.ExitCode == 0, run.Error);
            return JsonSerializer.Deserialize<Dictionary<string, string[]>>(run.Output)!;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
