using System.Text.Json;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using ChatGen.JsonSchemas;

namespace ChatGen.Conformance;

/// <summary>All cases of a draft through the emitter, one compilation, and their instances through the validators and the evaluator.</summary>
internal static class SuiteRun
{
    private static readonly Lazy<IReadOnlyList<SuiteOutcome>> s_draft7 = new(() => Run("draft7", JsonSchemaDialect.Draft7));
    private static readonly Lazy<IReadOnlyList<SuiteOutcome>> s_draft202012 = new(() => Run("draft2020-12", JsonSchemaDialect.Draft202012));

    public static IReadOnlyList<SuiteOutcome> Of(string draft) => draft == "draft7" ? s_draft7.Value : s_draft202012.Value;

    private static List<SuiteOutcome> Run(string draft, JsonSchemaDialect dialect)
    {
        var outcomes = new List<SuiteOutcome>();
        var emitted = new List<(SuiteCase Case, JsonValidatorSource Source)>();
        foreach (SuiteCase suiteCase in Suite.Cases(draft))
        {
            var diagnostics = new DiagnosticBag(suiteCase.Source);
            try
            {
                JsonValidatorSource? source = JsonValidator.Emit(suiteCase.Schema, Options(suiteCase, dialect), diagnostics, "Suite", $"Validator{emitted.Count}");
                if (source is not null)
                {
                    emitted.Add((suiteCase, source));
                }
                else
                {
                    string ids = string.Join(", ", diagnostics.Diagnostics.Select(diagnostic => diagnostic.Descriptor.Id).Distinct().Order(StringComparer.Ordinal));
                    outcomes.Add(ids.Length > 0 ? new SuiteOutcome(suiteCase, ids, []) : AllWrong(suiteCase, "no validator and no diagnostic"));
                }
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Whatever the generator throws is a defect of it that the run has to count.
                outcomes.Add(AllWrong(suiteCase, exception.ToString()));
            }
        }

        CompiledValidators validators = CompiledValidators.Compile([.. emitted.Select(pair => pair.Source)]);
        foreach ((SuiteCase suiteCase, JsonValidatorSource source) in emitted)
        {
            outcomes.Add(validators.ErrorsOf(source) is string errors ? AllWrong(suiteCase, errors) : Check(suiteCase, validators, source, Model(suiteCase, Options(suiteCase, dialect))));
        }

        return outcomes;
    }

    private static JsonSchemaOptions Options(SuiteCase suiteCase, JsonSchemaDialect dialect) =>
        new(dialect, Suite.Documents) { AssertsFormat = suiteCase.Set == SuiteSet.Format };

    private static JsonSchemaModel Model(SuiteCase suiteCase, JsonSchemaOptions options) =>
        JsonSchemaReader.Read(suiteCase.Schema, options, new DiagnosticBag(suiteCase.Source))!;

    private static SuiteOutcome Check(SuiteCase suiteCase, CompiledValidators validators, JsonValidatorSource source, JsonSchemaModel model)
    {
        var wrong = new List<string>();
        var undecided = new List<string>();
        foreach (SuiteTest test in suiteCase.Tests)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(test.Instance);
                if (CheckEmitted(document.RootElement, test, validators, source, out List<ChatValidationFailure>? failures) is string emitted)
                {
                    wrong.Add($"{suiteCase.Name} | {test.Description}: {emitted} {test.Instance}");
                }
                else if (CheckEvaluated(test, model, failures ?? [], undecided) is string evaluated)
                {
                    wrong.Add($"{suiteCase.Name} | {test.Description}: {evaluated} {test.Instance}");
                }
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // The same of a validator.
                wrong.Add($"{suiteCase.Name} | {test.Description}: {exception}");
            }
        }

        return new SuiteOutcome(suiteCase, "", wrong) { Undecided = undecided };
    }

    private static string? CheckEmitted(
        JsonElement instance, SuiteTest test, CompiledValidators validators, JsonValidatorSource source, out List<ChatValidationFailure>? failures)
    {
        failures = null;
        validators.FindCollecting(source)(instance, ref failures);
        bool isValid = validators.Find(source)(instance);
        if (isValid != test.IsValid)
        {
            return isValid ? "accepted" : "rejected";
        }

        if (failures is null != isValid)
        {
            return $"{failures?.Count ?? 0} failures of";
        }

        // A valid instance is not walked a second time; here it is, since what a walk finds in it is wrong in parts of invalid ones too.
        List<ChatValidationFailure>? forced = null;
        Func<JsonElement, int, JsonFailures?, bool> walk = validators.FindWalk(source);
        JsonFailures.Collect((element, depth, found) => found is not null && walk(element, depth, found), instance, ref forced);
        return (forced ?? []).SequenceEqual(failures ?? []) ? null : $"{forced?.Count ?? 0} failures in a forced walk of";
    }

    /// <summary>The evaluator either reports what the emitted validator reports, in the same words, or says that it cannot tell.</summary>
    private static string? CheckEvaluated(SuiteTest test, JsonSchemaModel model, List<ChatValidationFailure> failures, List<string> undecided)
    {
        JsonNode instance = Suite.Parse("instance.json", test.Instance, out _);
        SchemaEvaluation evaluation = JsonSchemaEvaluator.Evaluate(model, model.Roots[0], instance);
        Dictionary<JsonNode, string> paths = InstancePaths.Of(instance);
        ChatValidationFailure[] violations = [.. evaluation.Violations.Select(violation => new ChatValidationFailure(paths[violation.Place], violation.Keyword, violation.Message))];
        if (evaluation.IsDecided ? violations.SequenceEqual(failures) : violations.All(failures.Contains))
        {
            if (!evaluation.IsDecided)
            {
                undecided.Add(test.Instance);
            }

            return null;
        }

        return $"evaluated as [{string.Join("; ", violations.Select(Text))}] and validated as [{string.Join("; ", failures.Select(Text))}]:";

        static string Text(ChatValidationFailure failure) => $"{failure.Path} {failure.Keyword}: {failure.Message}";
    }

    private static SuiteOutcome AllWrong(SuiteCase suiteCase, string problem) =>
        new(suiteCase, "", [.. suiteCase.Tests.Select(test => $"{suiteCase.Name} | {test.Description}: {problem}")]);
}
