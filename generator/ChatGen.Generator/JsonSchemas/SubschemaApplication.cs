using System.Globalization;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// One subschema applied to one value, keyword by keyword in the order of <c>SubschemaEmitter</c>. With a sink everything is looked at; without, the first broken keyword
/// ends it.
/// </summary>
internal sealed partial class SubschemaApplication(
    JsonSchemaEvaluator evaluator, int number, SubschemaModel schema, JsonNode instance, ViolationSink? sink, EvaluatedParts? collected, int depth)
{
    /// <summary>How much of a list or a text is looked at in the time of a step.</summary>
    private const int PerStep = 64;

    private readonly EvaluatedParts? _parts = schema.UnevaluatedItems is null && schema.UnevaluatedProperties is null ? collected : new EvaluatedParts();
    private bool _isInvalid;

    /// <summary>Whether nothing was left undecided.</summary>
    public bool IsDecided { get; private set; } = true;

    private bool Stops => _isInvalid && sink is null;

    public SchemaVerdict Evaluate()
    {
        if (schema.Verdict is bool verdict)
        {
            if (!verdict)
            {
                Break("not", KeywordMessages.NotAllowed);
            }

            return Verdict();
        }

        if (instance is JsonUnknownNode)
        {
            IsDecided = false;
            BeUncertain();
            return Verdict();
        }

        evaluator.Step((schema.Required.Count + schema.DependentRequired.Count + schema.DependentSchemas.Count + (schema.Enum?.Count ?? 0)) / PerStep);
        foreach (Action evaluate in new Action[] { EvaluateValue, EvaluateNumber, EvaluateString, EvaluateObject, EvaluateArray, EvaluateInPlace, EvaluateUnevaluated })
        {
            evaluate();
            if (Stops)
            {
                return SchemaVerdict.Invalid;
            }
        }

        if (_parts is not null && _parts != collected)
        {
            collected?.Add(_parts);
        }

        return Verdict();
    }

    private SchemaVerdict Verdict() => _isInvalid ? SchemaVerdict.Invalid : IsDecided ? SchemaVerdict.Valid : SchemaVerdict.Undecided;

    private void EvaluateValue()
    {
        if (schema.Types is JsonTypes types)
        {
            Demand(IsOfType(types), "type", KeywordMessages.Type(types) + " " + KeywordMessages.Describe(instance));
        }

        if (schema.Const is string value)
        {
            Demand(evaluator.IsAnyOf(instance, [value]), "const", KeywordMessages.Const(value));
        }

        if (schema.Enum is EquatableArray<string> values)
        {
            bool? isOne = evaluator.IsAnyOf(instance, values);
            Demand(isOne, "enum", isOne == true ? "" : KeywordMessages.Enum(values));
        }
    }

    private bool? IsOfType(JsonTypes types)
    {
        JsonTypes own = instance switch
        {
            JsonBooleanNode => JsonTypes.Boolean,
            JsonNumberNode => JsonTypes.Number,
            JsonStringNode => JsonTypes.String,
            JsonArrayNode => JsonTypes.Array,
            JsonObjectNode => JsonTypes.Object,
            _ => JsonTypes.Null,
        };
        if ((types & own) != 0)
        {
            return true;
        }

        return instance is JsonNumberNode number && (types & JsonTypes.Integer) != 0 ? ExactNumber.Parse(number.Text)?.IsInteger : false;
    }

    private void EvaluateNumber()
    {
        if (instance is not JsonNumberNode { Text: string text })
        {
            return;
        }

        Bound(schema.Minimum, "minimum", KeywordMessages.Minimum, sign => sign >= 0);
        Bound(schema.Maximum, "maximum", KeywordMessages.Maximum, sign => sign <= 0);
        Bound(schema.ExclusiveMinimum, "exclusiveMinimum", KeywordMessages.ExclusiveMinimum, sign => sign > 0);
        Bound(schema.ExclusiveMaximum, "exclusiveMaximum", KeywordMessages.ExclusiveMaximum, sign => sign < 0);
        if (schema.MultipleOf is string divisor)
        {
            Demand(Both(divisor, (own, other) => own.IsMultipleOf(other)), "multipleOf", $"{KeywordMessages.MultipleOf(divisor)} {text}");
        }

        void Bound(string? bound, string keyword, Func<string, string> words, Func<int, bool> isWithin)
        {
            if (bound is not null)
            {
                Demand(Both(bound, (own, other) => isWithin(own.CompareTo(other))), keyword, $"{words(bound)} {text}");
            }
        }

        bool? Both(string other, Func<ExactNumber, ExactNumber, bool> holds) =>
            ExactNumber.Parse(text) is ExactNumber left && ExactNumber.Parse(other) is ExactNumber right ? holds(left, right) : null;
    }

    private void EvaluateString()
    {
        if (instance is not JsonStringNode { Value: string text })
        {
            return;
        }

        evaluator.Step(text.Length / PerStep);
        EvaluateCount(Length(text), false, ("minLength", schema.MinLength, KeywordMessages.MinLength), ("maxLength", schema.MaxLength, KeywordMessages.MaxLength));
        if (schema.Pattern is string pattern)
        {
            Demand(evaluator.IsMatch(pattern, text), "pattern", KeywordMessages.Pattern(schema.PatternText!));
        }

        if (schema.Format is string format)
        {
            Demand(JsonSchemaEvaluator.IsOfFormat(format, text), "format", KeywordMessages.Format(format));
        }
    }

    /// <summary>In code points; a lone surrogate counts as one.</summary>
    private static int Length(string text)
    {
        int length = text.Length;
        for (int i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
            {
                length--;
            }
        }

        return length;
    }

    /// <summary>Checks bounds of a count.</summary>
    /// <param name="count">What there is for certain.</param>
    /// <param name="mayBeMore">Whether there may be more.</param>
    /// <param name="least">The lower bound.</param>
    /// <param name="most">The upper bound.</param>
    private void EvaluateCount(
        int count, bool mayBeMore, (string Keyword, int? Bound, Func<int, string> Words) least,
        (string Keyword, int? Bound, Func<int, string> Words) most)
    {
        if (least.Bound is int minimum)
        {
            Demand(count >= minimum ? true : mayBeMore ? null : false, least.Keyword, Words(least.Words(minimum), count));
        }

        if (most.Bound is int maximum)
        {
            Demand(count > maximum ? false : mayBeMore ? null : true, most.Keyword, Words(most.Words(maximum), count));
        }
    }

    private static string Words(string words, int count) => words + " " + count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A keyword that holds, is broken or cannot be decided.</summary>
    private void Demand(bool? holds, string keyword, string words)
    {
        if (holds is null)
        {
            IsDecided = false;
        }
        else if (!holds.Value)
        {
            Break(keyword, words);
        }
    }

    private void Break(string keyword, string words, JsonNode? place = null)
    {
        _isInvalid = true;
        sink?.AddOfValue(place ?? instance, keyword, words);
    }

    /// <summary>As <see cref="Demand"/>, with a message of members of the instance.</summary>
    private void DemandOfMembers(bool? holds, string keyword, Func<Func<string, string>, string> message)
    {
        if (holds is null)
        {
            IsDecided = false;
        }
        else if (!holds.Value)
        {
            _isInvalid = true;
            sink?.Add(instance, keyword, message(sink.NameOf));
        }
    }

    /// <summary>Applies a subschema that must hold, to the instance or to a part of it.</summary>
    /// <param name="subschema">Its number.</param>
    /// <param name="keyword">The keyword that it stands under.</param>
    /// <param name="value">What it applies to.</param>
    /// <param name="place">Where it is reported that there must be no such value.</param>
    private void Apply(int subschema, string keyword, JsonNode value, JsonNode place)
    {
        if (evaluator.VerdictOf(subschema) is bool verdict)
        {
            if (!verdict && value is JsonUnknownNode { MayBeAbsent: true })
            {
                IsDecided = false;
            }
            else if (!verdict)
            {
                Break(keyword, KeywordMessages.NotAllowed, place);
            }

            return;
        }

        SchemaVerdict outcome = evaluator.Apply(subschema, value, sink, ReferenceEquals(value, instance) ? _parts : null, depth + 1, out bool isDecided);
        IsDecided &= isDecided;
        _isInvalid |= outcome == SchemaVerdict.Invalid;
    }

    /// <summary>Applies a subschema for its verdict alone.</summary>
    private SchemaVerdict Try(int subschema, JsonNode value, EvaluatedParts? parts = null) => evaluator.Apply(subschema, value, null, parts, depth + 1, out _);
}
