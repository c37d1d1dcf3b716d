using System.Globalization;
using ChatGen.Generator.Diagnostics;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace ChatGen.Generator.Documents;

/// <summary>Something that the meta-schema objects to, in words and at its place.</summary>
internal sealed record MetaSchemaObjection(MetaSchemaPlace Place, string Problem)
{
    private static readonly (JsonObjectType Type, string Words)[] s_types =
    [
        (JsonObjectType.Object, "an object"), (JsonObjectType.Array, "an array"), (JsonObjectType.String, "a string"),
        (JsonObjectType.Integer, "an integer"), (JsonObjectType.Number, "a number"), (JsonObjectType.Boolean, "a Boolean"),
    ];

    /// <summary>NJsonSchema reports the outermost schema that does not hold, and what it found within by each branch. What an author has to know is at the bottom.</summary>
    public static IEnumerable<MetaSchemaObjection> Of(IEnumerable<ValidationError> errors) => errors.SelectMany(Innermost).Select(Describe).OfType<MetaSchemaObjection>();

    private static IEnumerable<ValidationError> Innermost(ValidationError error) => error switch
    {
        ChildSchemaValidationError { Kind: ValidationErrorKind.NotAnyOf } any => Likeliest(any, any.Errors.Values),
        MultiTypeValidationError several => Likeliest(several, several.Errors.Values),
        ChildSchemaValidationError nested => nested.Errors.Values.SelectMany(branch => branch).SelectMany(Innermost),
        _ => [error],
    };

    /// <summary>Of several branches, none of which holds, the one that was meant: by its type, or by what is right at its top.</summary>
    private static ValidationError[] Likeliest(ValidationError error, IEnumerable<ICollection<ValidationError>> branches)
    {
        ValidationError[][] flat = [.. branches.Select(branch => branch.SelectMany(Innermost).ToArray())];
        return Array.Find(flat, branch => !Array.Exists(branch, inner => inner.Token == error.Token))
            ?? Array.Find(flat, branch => !Array.Exists(branch, inner => inner.Token == error.Token && IsOfType(inner.Kind)))
            ?? [error];
    }

    private static bool IsOfType(ValidationErrorKind kind) => kind is ValidationErrorKind.StringExpected or ValidationErrorKind.NumberExpected or ValidationErrorKind.IntegerExpected
        or ValidationErrorKind.BooleanExpected or ValidationErrorKind.ObjectExpected or ValidationErrorKind.ArrayExpected or ValidationErrorKind.NullExpected
        or ValidationErrorKind.NoTypeValidates or ValidationErrorKind.NotAnyOf;

    private static MetaSchemaObjection? Describe(ValidationError error)
    {
        if (error.Token?.Annotation<MetaSchemaPlace>() is not { } place)
        {
            return null;
        }

        return error.Kind == ValidationErrorKind.PropertyRequired
            ? new MetaSchemaObjection(place.Beginning(), $"must have a member '{error.Property}'")
            : new MetaSchemaObjection(place, error.Schema.Description ?? ProblemOf(error, place.Name));
    }

    private static string ProblemOf(ValidationError error, string name) => error.Kind switch
    {
        ValidationErrorKind.NoAdditionalPropertiesAllowed => $"has no meaning here; {Suggestion.Near(name, error.Schema.Properties.Keys, "remove it")}",
        ValidationErrorKind.NotInEnumeration when error.Token is JValue { Value: string text } => $"must not be '{text}'; {Suggestion.For(text, Allowed(error))}",
        ValidationErrorKind.NotInEnumeration => $"must be {string.Join(" or ", Allowed(error))}",
        ValidationErrorKind.StringTooShort => "must not be empty",
        ValidationErrorKind.TooFewItems => "must have at least one item",
        ValidationErrorKind.ItemsNotUnique => "must have no item twice",
        ValidationErrorKind.NumberTooSmall => error.Schema.ExclusiveMinimum is { } limit ? "must be above " + Digits(limit) : "must be at least " + Digits(error.Schema.Minimum),
        ValidationErrorKind.NumberTooBig => "must be at most " + Digits(error.Schema.Maximum),
        ValidationErrorKind.NotAnyOf => $"must be {Types(error.Schema.AnyOf.Aggregate(JsonObjectType.None, (types, branch) => types | branch.ActualSchema.Type))}",
        _ => $"must be {Types(error.Schema.Type)}",
    };

    private static IEnumerable<string> Allowed(ValidationError error) => error.Schema.Enumeration.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture));

    private static string Digits(decimal? number) => Convert.ToString(number, CultureInfo.InvariantCulture);

    private static string Types(JsonObjectType types) => string.Join(" or ", s_types.Where(type => types.HasFlag(type.Type)).Select(type => type.Words));
}
