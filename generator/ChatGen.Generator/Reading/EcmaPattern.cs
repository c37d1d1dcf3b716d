namespace ChatGen.Generator.Reading;

/// <summary>Translates the regular expressions of JSON Schema, which are those of ECMA-262 in Unicode mode, into .NET's.</summary>
internal static class EcmaPattern
{
    /// <summary>
    /// Translates a pattern so that a match in .NET with <c>RegexOptions.CultureInvariant</c> exists exactly if one exists in ECMA-262.
    /// </summary>
    /// <param name="pattern">The pattern of the schema.</param>
    /// <param name="translated">The pattern for .NET; empty if there is none.</param>
    /// <param name="problem">Why there is no translation, in words.</param>
    public static bool TryTranslate(string pattern, out string translated, out string? problem)
    {
        var translator = new EcmaPatternTranslator();
        translated = EcmaPatternSyntax.TryRead(pattern, translator, out problem) ? translator.Finish() ?? "" : "";
        problem ??= translator.Problem;
        return problem is null;
    }
}
