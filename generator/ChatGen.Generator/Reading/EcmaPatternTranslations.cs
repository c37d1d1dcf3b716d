namespace ChatGen.Generator.Reading;

/// <summary>Translations of patterns, each made once: a schema is read several times, and a pattern may be as long as the schema.</summary>
internal sealed class EcmaPatternTranslations
{
    private readonly Dictionary<string, (string Translated, string? Problem)> _known = new(StringComparer.Ordinal);

    /// <inheritdoc cref="EcmaPattern.TryTranslate"/>
    public bool TryTranslate(string pattern, out string translated, out string? problem)
    {
        if (!_known.TryGetValue(pattern, out (string Translated, string? Problem) known))
        {
            EcmaPattern.TryTranslate(pattern, out known.Translated, out known.Problem);
            _known.Add(pattern, known);
        }

        (translated, problem) = known;
        return problem is null;
    }
}
