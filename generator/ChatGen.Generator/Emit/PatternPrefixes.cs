using ChatGen.Generator.Reading;

namespace ChatGen.Generator.Emit;

/// <summary>Reads a pattern that only says how a value begins, such as <c>^https?://</c>, as the texts that it may begin with.</summary>
internal sealed class PatternPrefixes : EcmaPatternSink
{
    // As many as ChatRules takes; what says more is matched by ChatPattern.
    private const int Most = 2;

    private readonly List<string> _prefixes = [""];
    private string? _last;
    private bool _isStarted;

    private PatternPrefixes()
    {
    }

    /// <summary>The one or two prefixes; none if the pattern says anything else.</summary>
    public static IReadOnlyList<string> Of(string pattern)
    {
        var reader = new PatternPrefixes();
        return EcmaPatternSyntax.TryRead(pattern, reader, out _) && reader._last is not null && !reader._prefixes.Contains("") ? reader._prefixes : [];
    }

    public override void Literal(int codePoint)
    {
        if (!_isStarted || codePoint is >= 0xD800 and <= 0xDFFF)
        {
            Refuse();
            return;
        }

        _last = char.ConvertFromUtf32(codePoint);
        for (int i = 0; i < _prefixes.Count; i++)
        {
            _prefixes[i] += _last;
        }
    }

    public override void Quantifier(string minimum, string? maximum, bool isLazy)
    {
        if (minimum != "0" || maximum != "1" || _prefixes.Count == Most)
        {
            Refuse();
            return;
        }

        _prefixes.Insert(0, _prefixes[0].Substring(0, _prefixes[0].Length - _last!.Length));
    }

    public override void InputStart()
    {
        if (_isStarted)
        {
            Refuse();
        }

        _isStarted = true;
    }

    public override void AnyButLineEnd() => Refuse();

    public override void Class(IReadOnlyList<EcmaPatternItem> items, bool isNegated) => Refuse();

    public override void InputEnd() => Refuse();

    public override void WordBoundary(bool isNegated) => Refuse();

    public override void BackReference(int group) => Refuse();

    public override void Open(EcmaPatternGroup kind) => Refuse();

    public override void Alternative() => Refuse();

    public override void Close() => Refuse();

    private void Refuse() => Problem = "it says more than how a value begins";
}
