using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGen.Generator.JsonSchemas;
using ChatGen.Tests.Shared;

namespace ChatGen.Differential.Judges;

/// <summary>ajv, one process of Node for all cases.</summary>
internal sealed class AjvJudge : IJudge
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(3);

    public async Task<IReadOnlyList<Judgement>> JudgeAsync(IReadOnlyList<JudgedCase> cases, CancellationToken cancellationToken)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Write(cases), cancellationToken);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(s_timeout);
            NodeRun run = await NodeProgram.RunAsync("node", ["judge.mjs", file], NpmPackages.SchemaTools.Folder, timeout.Token);
            if (run.ExitCode != 0)
            {
                throw new InvalidOperationException($"judge.mjs failed with {run.ExitCode}: {run.Error}");
            }

            using JsonDocument answer = JsonDocument.Parse(run.Output);
            return [.. answer.RootElement.EnumerateArray().Select(Read)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Write(IReadOnlyList<JudgedCase> cases) => new JsonArray([.. cases.Select(judged => new JsonObject
    {
        ["dialect"] = judged.Dialect == JsonSchemaDialect.Draft7 ? "draft-07" : "2020-12",
        ["schema"] = judged.Schema,
        ["instances"] = new JsonArray([.. judged.Instances.Select(instance => JsonValue.Create(instance))]),
    })]).ToJsonString();

    private static Judgement Read(JsonElement answer) => answer.TryGetProperty("error", out JsonElement error)
        ? Judgement.Refused(error.GetString()!)
        : new Judgement("", [.. answer.GetProperty("verdicts").GetString()!.Select(digit => (bool?)(digit == '1'))]);
}
