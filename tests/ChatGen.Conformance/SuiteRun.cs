using System.Text.Json;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Conformance;

/// <summary>All cases of a draft through the emitter, one compilation, and their instances through the validators.</summary>
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
            var options = new JsonSchemaOptions(dialect, Suite.Documents) { AssertsFormat = suiteCase.Set == SuiteSet.Format };
            var diagnostics = new DiagnosticBag(suiteCase.Source);
            try
            {
                JsonValidatorSource? source = JsonValidator.Emit(suiteCase.Schema, options, diagnostics, "Suite", $"Validator{emitted.Count}");
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
            outcomes.Add(validators.ErrorsOf(source) is string errors
                ? AllWrong(suiteCase, errors)
                : new SuiteOutcome(suiteCase, "", [.. suiteCase.Tests.Select(test => Check(suiteCase, test, validators, source)).OfType<string>()]));
        }

        return outcomes;
    }

    private static string? Check(SuiteCase suiteCase, SuiteTest test, CompiledValidators validators, JsonValidatorSource source)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(test.Instance);
            if (validators.Find(source)(document.RootElement) != test.IsValid)
            {
                return $"{suiteCase.Name} | {test.Description}: {(test.IsValid ? "rejected" : "accepted")} {test.Instance}";
            }

            List<ChatValidationFailure>? failures = null;
            validators.FindCollecting(source)(document.RootElement, ref failures);
            return failures is null == test.IsValid ? null : $"{suiteCase.Name} | {test.Description}: {failures?.Count ?? 0} failures of {test.Instance}";
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The same of a validator.
            return $"{suiteCase.Name} | {test.Description}: {exception}";
        }
    }

    private static SuiteOutcome AllWrong(SuiteCase suiteCase, string problem) =>
        new(suiteCase, "", [.. suiteCase.Tests.Select(test => $"{suiteCase.Name} | {test.Description}: {problem}")]);
}
