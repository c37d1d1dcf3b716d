using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ChatGen;

/// <summary>Generated options: what a client sends, checked against the schema. Immutable, so thread-safe.</summary>
/// <typeparam name="TSelf">The options themselves.</typeparam>
public interface IChatOptions<TSelf> : IValidatableObject
    where TSelf : class, IChatOptions<TSelf>
{
    /// <summary>What kinds of JSON the members are. For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract ChatConfigurationShape ConfigurationShape { get; }

    /// <summary>Reads a value from JSON in UTF-8 and checks every rule of the schema.</summary>
    /// <param name="utf8Json">The JSON: one value, without a byte order mark.</param>
    /// <param name="value">The options; <see langword="null"/> if they break a rule.</param>
    /// <param name="result">What is wrong.</param>
    /// <returns>Whether nothing is wrong.</returns>
    static abstract bool TryParse(ReadOnlySpan<byte> utf8Json, [NotNullWhen(true)] out TSelf? value, out ChatValidationResult result);

    /// <summary>Reads a value and checks no rule but what its C# type needs. For generated code.</summary>
    /// <param name="reader">Stands on the value's first token and is left on its last.</param>
    /// <exception cref="ChatJsonException">The JSON does not fit the C# type.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract TSelf ReadJson(ref Utf8JsonReader reader);

    /// <summary>Checks every rule of the schema.</summary>
    /// <returns>Every rule that is broken, nested ones too.</returns>
    ChatValidationResult Validate();

    /// <summary>Applies the rules of the schema where data annotations are, such as in forms of Blazor, in MVC and in minimal APIs. Members are named as in C#.</summary>
    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) => ChatOptions.ResultsOf<TSelf>(Validate());
}
