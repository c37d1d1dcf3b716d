using System.Globalization;
using ChatGen.Generator.Emit;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// The body of the method of one subschema: cheap checks first, <c>unevaluated*</c> last. Every check stands as <c>if (broken &amp;&amp; JsonFailures.Add(…)) return false</c>:
/// adding stops only where failures are not collected.
/// </summary>
internal sealed partial class SubschemaEmitter(
    SourceWriter writer, ValidatorFields fields, Func<int, bool, string> method, JsonSchemaModel model, bool[] mayTimeOut, int number, bool isCollected)
{
    /// <summary>The parameter that takes what the caller is to know as evaluated.</summary>
    public const string Collected = "collected";

    private const string Kind = "global::System.Text.Json.JsonValueKind.";
    private const string Runtime = "global::ChatGen.JsonSchemas.";
    private const string Failures = Runtime + "JsonFailures.";

    private readonly SubschemaModel _schema = model.Subschemas[number];

    private bool HasUnevaluated => _schema.UnevaluatedItems is not null || _schema.UnevaluatedProperties is not null;

    private bool Collects => isCollected || HasUnevaluated;

    /// <summary>A schema with <c>unevaluated*</c> must see its own annotations and not its caller's.</summary>
    private string Evaluation => HasUnevaluated ? "evaluation" : Collected;

    public void Emit()
    {
        if (_schema.Verdict is bool verdict)
        {
            // What is false as a whole is "equivalent to" not: {} (JSON Schema Core 2020-12, section 4.3.2).
            writer.Line(verdict ? "return true;" : $"return !{Report("not", KeywordMessages.NotAllowed)};");
            return;
        }

        writer.Line($"{Runtime}JsonValidation.Enter(ref depth);");
        if (HasUnevaluated)
        {
            writer.Line($"var {Evaluation} = new {Runtime}JsonEvaluation();");
        }

        EmitValues();
        EmitNumbers();
        EmitStrings();
        EmitObject();
        EmitArray();
        EmitInPlace();
        EmitUnevaluated();
        if (HasUnevaluated && isCollected)
        {
            writer.Line($"{Collected}.Add({Evaluation});");
        }

        writer.Line("return true;");
    }

    private void EmitValues()
    {
        if (_schema.Types is JsonTypes types)
        {
            StopIf($"!({Types(types)}) && {Report("type", KeywordMessages.Type(types), "instance")}");
        }

        if (_schema.Const is string value)
        {
            StopIf($"!{IsEqual(value)} && {Report("const", KeywordMessages.Const(value))}");
        }

        if (_schema.Enum is EquatableArray<string> values)
        {
            string report = Report("enum", KeywordMessages.Enum(values));
            StopIf(values.Count == 0 ? report : $"!({string.Join(" || ", values.Select(IsEqual))}) && {report}");
        }
    }

    private static string Types(JsonTypes types)
    {
        var kinds = new List<string>();
        Add(JsonTypes.Null, "Null");
        Add(JsonTypes.Boolean, "True");
        Add(JsonTypes.Boolean, "False");
        Add(JsonTypes.Number, "Number");
        Add(JsonTypes.String, "String");
        Add(JsonTypes.Array, "Array");
        Add(JsonTypes.Object, "Object");
        string any = kinds.Count == 0 ? "" : "instance.ValueKind is " + string.Join(" or ", kinds);
        if ((types & (JsonTypes.Integer | JsonTypes.Number)) != JsonTypes.Integer)
        {
            return any;
        }

        return (any.Length == 0 ? "" : any + " || ") + $"(instance.ValueKind == {Kind}Number && {Runtime}JsonNumber.Of(instance).IsInteger)";

        void Add(JsonTypes type, string kind)
        {
            if ((types & type) != 0)
            {
                kinds.Add(Kind + kind);
            }
        }
    }

    private string IsEqual(string json) => $"{Runtime}JsonEquality.Comparer.Equals(instance, {fields.Value(json)})";

    private void EmitNumbers()
    {
        if (_schema is { Minimum: null, Maximum: null, ExclusiveMinimum: null, ExclusiveMaximum: null, MultipleOf: null })
        {
            return;
        }

        using (writer.Open($"if (instance.ValueKind == {Kind}Number)"))
        {
            writer.Line($"{Runtime}JsonNumber number = {Runtime}JsonNumber.Of(instance);");
            Bound("<", _schema.Minimum, "minimum", KeywordMessages.Minimum);
            Bound(">", _schema.Maximum, "maximum", KeywordMessages.Maximum);
            Bound("<=", _schema.ExclusiveMinimum, "exclusiveMinimum", KeywordMessages.ExclusiveMinimum);
            Bound(">=", _schema.ExclusiveMaximum, "exclusiveMaximum", KeywordMessages.ExclusiveMaximum);
            if (_schema.MultipleOf is string divisor)
            {
                StopIf($"!number.IsMultipleOf({fields.Number(divisor)}) && {Report("multipleOf", KeywordMessages.MultipleOf(divisor), "instance")}");
            }
        }

        void Bound(string comparison, string? bound, string keyword, Func<string, string> words)
        {
            if (bound is not null)
            {
                StopIf($"number {comparison} {fields.Number(bound)} && {Report(keyword, words(bound), "instance")}");
            }
        }
    }

    private void EmitStrings()
    {
        if (_schema is { MinLength: null, MaxLength: null, Pattern: null, Format: null })
        {
            return;
        }

        using (writer.Open($"if (instance.ValueKind == {Kind}String)"))
        {
            EmitCounts($"{Runtime}JsonStrings.Length(instance)", ("minLength", _schema.MinLength, KeywordMessages.MinLength), ("maxLength", _schema.MaxLength, KeywordMessages.MaxLength));
            if (_schema.Pattern is not null || _schema.Format is not null)
            {
                writer.Line($"string text = {Runtime}JsonStrings.Value(instance);");
            }

            if (_schema.Pattern is string pattern)
            {
                StopIf($"{Failures}Mismatches(failures, {fields.Pattern(_schema.PatternText, pattern)}, text, {CSharp.Literal(KeywordMessages.Pattern(_schema.PatternText!))})");
            }

            if (_schema.Format is string format)
            {
                StopIf($"!{format}(text) && {Report("format", KeywordMessages.Format(format))}");
            }
        }
    }

    private void EmitCounts(string count, (string Keyword, int? Bound, Func<int, string> Words) least, (string Keyword, int? Bound, Func<int, string> Words) most)
    {
        if (least.Bound is int minimum)
        {
            StopIf($"{count} < {Text(minimum)} && {Report(least.Keyword, least.Words(minimum), count)}");
        }

        if (most.Bound is int maximum)
        {
            StopIf($"{count} > {Text(maximum)} && {Report(most.Keyword, most.Words(maximum), count)}");
        }
    }

    private void StopIf(string condition)
    {
        using (writer.Open($"if ({condition})"))
        {
            writer.Line("return false;");
        }
    }

    /// <summary>Applies a subschema whose failures are failures of the instance. A Boolean schema needs no method.</summary>
    /// <param name="subschema">Its number.</param>
    /// <param name="keyword">The keyword that it stands under.</param>
    /// <param name="call">The call of its method, made where it is needed.</param>
    /// <param name="guard">The condition under which it applies.</param>
    private void Apply(int subschema, string keyword, Func<string> call, string? guard = null)
    {
        string condition = guard is null ? "" : guard + " && ";
        if (model.Subschemas[subschema].Verdict is not bool verdict)
        {
            StopIf($"{condition}!{call()}");
        }
        else if (!verdict)
        {
            StopIf($"{condition}{Report(keyword, KeywordMessages.NotAllowed)}");
        }
    }

    /// <summary>What is evaluated for its verdict alone: a pattern that takes too long there leaves the keyword without one.</summary>
    private void Branches(string keyword, IEnumerable<int> subschemas, Action emit)
    {
        if (!subschemas.Any(subschema => mayTimeOut[subschema]))
        {
            emit();
            return;
        }

        using (writer.Open("try"))
        {
            emit();
        }

        using (writer.Open("catch (global::System.Text.RegularExpressions.RegexMatchTimeoutException) when (failures is not null)"))
        {
            writer.Line($"failures.TookTooLong({CSharp.Literal(keyword)});");
        }
    }

    private bool Demands(int? subschema) => subschema is int some && model.Subschemas[some].Verdict != true;

    private static string Report(string keyword, string words, string? value = null) =>
        $"{Failures}Add(failures, {CSharp.Literal(keyword)}, {CSharp.Literal(words)}{(value is null ? "" : ", " + value)})";

    private static string ReportMissing(params string[] names) => $"{Failures}AddMissing(failures, {string.Join(", ", names.Select(CSharp.Literal))})";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
