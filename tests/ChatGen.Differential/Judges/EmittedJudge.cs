using System.Text.Json;
using ChatGen.Conformance;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Differential.Judges;

/// <summary>
/// Our emitted validators, all cases in one compilation. An exception is no verdict, and neither is it if failing fast and collecting failures do not agree; no
/// verdict differs from every verdict.
/// </summary>
internal sealed class EmittedJudge : IJudge
{
    private static readonly Dictionary<string, JsonNode> s_noDocuments = [];

    public Task<IReadOnlyList<Judgement>> JudgeAsync(IReadOnlyList<JudgedCase> cases, CancellationToken cancellationToken) => Task.Run(() => Judge(cases), cancellationToken);

    private static IReadOnlyList<Judgement> Judge(IReadOnlyList<JudgedCase> cases)
    {
        (JsonValidatorSource? Source, string Refusal)[] emitted = [.. cases.Select(Emit)];
        CompiledValidators validators = CompiledValidators.Compile([.. emitted.Select(result => result.Source).OfType<JsonValidatorSource>()]);
        return [.. cases.Zip(emitted, (judged, result) => result.Source is { } source ? Judge(judged, source, validators) : Judgement.Refused(result.Refusal))];
    }

    private static (JsonValidatorSource? Source, string Refusal) Emit(JudgedCase judged, int number)
    {
        var text = new SchemaText("case.json", judged.Schema, isBuiltIn: false);
        var diagnostics = new DiagnosticBag(text);
        JsonNode schema = JsonParser.Parse(text, diagnostics, out _);
        var options = new JsonSchemaOptions(judged.Dialect, s_noDocuments) { AssertsFormat = true };
        JsonValidatorSource? source = diagnostics.HasErrors ? null : JsonValidator.Emit(schema, options, diagnostics, "Differential", $"Validator{number}");
        return (source, string.Join(", ", diagnostics.Diagnostics.Select(diagnostic => diagnostic.Descriptor.Id).Distinct().Order(StringComparer.Ordinal)));
    }

    private static Judgement Judge(JudgedCase judged, JsonValidatorSource source, CompiledValidators validators)
    {
        if (validators.ErrorsOf(source) is { } errors)
        {
            return Judgement.Refused(errors);
        }

        Func<JsonElement, bool> isValid = validators.Find(source);
        CollectFailures collect = validators.FindCollecting(source);
        return new Judgement("", [.. judged.Instances.Select(instance => Judge(instance, isValid, collect))]);
    }

    private static bool? Judge(string instance, Func<JsonElement, bool> isValid, CollectFailures collect)
    {
        using JsonDocument document = JsonDocument.Parse(instance);
        try
        {
            bool verdict = isValid(document.RootElement);
            List<ChatValidationFailure>? failures = null;
            collect(document.RootElement, ref failures);
            return failures is null == verdict ? verdict : null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // No instance of a run excuses an exception.
            return null;
        }
    }
}
