using System.Diagnostics.CodeAnalysis;

namespace ChatGen;

/// <summary>Reads options from JSON in UTF-8 and checks every rule of the schema, as the generated <c>TryParse</c> does.</summary>
/// <typeparam name="TOptions">The generated options record.</typeparam>
/// <param name="utf8Json">The JSON: one value, without a byte order mark.</param>
/// <param name="value">The options; <see langword="null"/> if they break a rule.</param>
/// <param name="result">What is wrong.</param>
/// <returns>Whether nothing is wrong.</returns>
public delegate bool ChatOptionsParser<TOptions>(ReadOnlySpan<byte> utf8Json, [NotNullWhen(true)] out TOptions? value, out ChatValidationResult result)
    where TOptions : class;
