using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using ChatGen.Generator.Documents;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// Evaluates values of a schema's author, such as defaults and examples, against a model at compile time, with the verdicts and words of emitted validators. It is bounded in
/// steps, depth and time, since schema and value may be hostile; what is beyond is undecided.
/// </summary>
internal sealed class JsonSchemaEvaluator
{
    /// <summary>Subschemas applied, members and items looked at; more for long lists and texts.</summary>
    public const int MaxSteps = 100_000;

    /// <summary>How many subschemas may be applied within each other. Less than at run time: the compiler's stack may be small.</summary>
    public const int MaxDepth = 200;

    private static readonly TimeSpan s_patternTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_allPatterns = TimeSpan.FromSeconds(1);

    private readonly JsonSchemaModel _model;
    private readonly CanonicalText _canonical = new();
    private readonly Dictionary<string, string?> _canonicalOfJson = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Regex> _patterns;
    private readonly Dictionary<int, Dictionary<string, int>> _properties = [];
    private readonly Stopwatch _matching = new();
    private int _steps;

    /// <summary>An evaluator of any number of instances, which share its bounds.</summary>
    /// <param name="model">The schemas.</param>
    /// <param name="patterns">Keeps the patterns for other evaluators; null if there are none.</param>
    public JsonSchemaEvaluator(JsonSchemaModel model, ConcurrentDictionary<string, Regex>? patterns = null)
    {
        _model = model;
        _patterns = patterns ?? new ConcurrentDictionary<string, Regex>(StringComparer.Ordinal);
    }

    /// <summary>Evaluates one instance.</summary>
    /// <param name="model">The schemas.</param>
    /// <param name="subschema">The schema's number, such as one of the model's roots.</param>
    /// <param name="instance">The instance.</param>
    public static SchemaEvaluation Evaluate(JsonSchemaModel model, int subschema, JsonNode instance) => new JsonSchemaEvaluator(model).Evaluate(subschema, instance);

    /// <summary>Evaluates an instance.</summary>
    /// <param name="subschema">The schema's number, such as one of the model's roots.</param>
    /// <param name="instance">The instance; what is not known of it leaves what depends on it undecided.</param>
    /// <param name="names">How the instance and its members are called in messages; null for their names in JSON.</param>
    public SchemaEvaluation Evaluate(int subschema, JsonNode instance, MemberNames? names = null)
    {
        var sink = new ViolationSink(names);
        try
        {
            SchemaVerdict verdict = Apply(subschema, instance, sink, null, 0, out bool isDecided);
            return new SchemaEvaluation(isDecided && verdict != SchemaVerdict.Undecided, sink.Violations);
        }
        catch (EvaluationBudgetException)
        {
            return new SchemaEvaluation(false, sink.Violations);
        }
    }

    /// <summary>The verdict of a Boolean schema.</summary>
    public bool? VerdictOf(int subschema) => _model.Subschemas[subschema].Verdict;

    /// <summary>Applies a subschema.</summary>
    /// <param name="subschema">Its number.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="sink">Takes every violation; null to stop at the first.</param>
    /// <param name="collected">Takes what is evaluated, if the caller has to know.</param>
    /// <param name="depth">How many subschemas it is within.</param>
    /// <param name="isDecided">Whether nothing in it was left undecided; it may be invalid all the same.</param>
    public SchemaVerdict Apply(int subschema, JsonNode instance, ViolationSink? sink, EvaluatedParts? collected, int depth, out bool isDecided)
    {
        Step();
        isDecided = false;
        if (depth == MaxDepth)
        {
            return SchemaVerdict.Undecided;
        }

        var application = new SubschemaApplication(this, subschema, _model.Subschemas[subschema], instance, sink, collected, depth);
        SchemaVerdict verdict = application.Evaluate();
        isDecided = application.IsDecided;
        return verdict;
    }

    /// <exception cref="EvaluationBudgetException">There have been too many.</exception>
    public void Step(int cost = 1)
    {
        _steps += cost;
        if (_steps > MaxSteps)
        {
            throw new EvaluationBudgetException();
        }
    }

    /// <summary>The subschema of <c>properties</c> for a member.</summary>
    public int? PropertyOf(int subschema, string name)
    {
        if (!_properties.TryGetValue(subschema, out Dictionary<string, int>? properties))
        {
            properties = _model.Subschemas[subschema].Properties.ToDictionary(property => property.Name, property => property.Subschema, StringComparer.Ordinal);
            _properties.Add(subschema, properties);
        }

        return properties.TryGetValue(name, out int found) ? found : null;
    }

    /// <summary>Whether a value is one of some; null if it cannot be told.</summary>
    public bool? IsAnyOf(JsonNode instance, IEnumerable<string> values)
    {
        if (_canonical.Of(instance) is not string text)
        {
            return null;
        }

        bool? isAny = false;
        foreach (string? value in values.Select(OfJson))
        {
            if (value == text)
            {
                return true;
            }

            isAny = value is null ? null : isAny;
        }

        return isAny;
    }

    /// <summary>The indexes of two equal items, -1 if there are none; false if it cannot be told.</summary>
    public bool TryFindEqualItems(JsonArrayNode array, out int first, out int second)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        bool isKnown = !array.IsOpen;
        (first, second) = (-1, -1);
        for (int i = 0; i < array.Items.Count; i++)
        {
            if (_canonical.Of(array.Items[i]) is not string text)
            {
                isKnown = false;
            }
            else if (seen.TryGetValue(text, out first))
            {
                second = i;
                return true;
            }
            else
            {
                seen.Add(text, i);
            }
        }

        first = -1;
        return isKnown;
    }

    /// <summary>Whether a pattern matches; null if that takes too long.</summary>
    public bool? IsMatch(string pattern, string value)
    {
        if (_matching.Elapsed > s_allPatterns)
        {
            return null;
        }

        Regex regex = _patterns.GetOrAdd(pattern, static text => new Regex(text, RegexOptions.CultureInvariant, s_patternTimeout));

        _matching.Start();
        try
        {
            return regex.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
        finally
        {
            _matching.Stop();
        }
    }

    /// <summary>Whether a text is of a format; null if it cannot be told.</summary>
    public static bool? IsOfFormat(string method, string text)
    {
        try
        {
            return FormatSource.Check(method, text);
        }
        catch (UndecidedFormatException)
        {
            return null;
        }
    }

    private string? OfJson(string json)
    {
        if (!_canonicalOfJson.TryGetValue(json, out string? text))
        {
            text = _canonical.Of(JsonParser.Parse(json));
            _canonicalOfJson.Add(json, text);
        }

        return text;
    }
}
