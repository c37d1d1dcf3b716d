using System.Globalization;
using ChatGen.Generator.Reading;

namespace ChatGen;

/// <summary>Reads a pattern of ECMA-262 as a sequence, if it is one.</summary>
internal sealed class PatternSequenceReader : EcmaPatternSink
{
    private static readonly (int First, int Last)[] s_lineEnds = [('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)];

    private readonly List<PatternSequence.Step> _steps = [];
    private bool _isStarted;
    private bool _isEnded;

    private PatternSequenceReader()
    {
    }

    /// <summary>The sequence; <see langword="null"/> if the pattern asks for more.</summary>
    public static PatternSequence? Read(string pattern)
    {
        var reader = new PatternSequenceReader();
        return EcmaPatternSyntax.TryRead(pattern, reader, out _) && reader._isStarted ? PatternSequence.Create(reader._steps, reader._isEnded) : null;
    }

    public override void Literal(int codePoint) => Add([(codePoint, codePoint)], isNegated: false);

    public override void AnyButLineEnd() => Add(s_lineEnds, isNegated: true);

    public override void Class(IReadOnlyList<EcmaPatternItem> items, bool isNegated)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (EcmaPatternItem item in items)
        {
            switch (item)
            {
                case { Set: null }:
                    ranges.Add((item.First, item.Last));
                    break;
                case { IsNegated: false, Set: "d" }:
                    ranges.Add(('0', '9'));
                    break;
                case { IsNegated: false, Set: "w" }:
                    ranges.AddRange([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);
                    break;
                default:
                    Refuse();
                    return;
            }
        }

        Add(ranges, isNegated);
    }

    public override void InputStart()
    {
        if (_isStarted || _steps.Count > 0)
        {
            Refuse();
        }

        _isStarted = true;
    }

    public override void InputEnd()
    {
        if (_isEnded)
        {
            Refuse();
        }

        _isEnded = true;
    }

    public override void WordBoundary(bool isNegated) => Refuse();

    public override void BackReference(int group) => Refuse();

    public override void Open(EcmaPatternGroup kind) => Refuse();

    public override void Alternative() => Refuse();

    public override void Close() => Refuse();

    // How much a lazy quantifier takes is the same, since there is only one way to match.
    public override void Quantifier(string minimum, string? maximum, bool isLazy)
    {
        int most = int.MaxValue;
        if (!int.TryParse(minimum, NumberStyles.None, CultureInfo.InvariantCulture, out int least)
            || (maximum is not null && !int.TryParse(maximum, NumberStyles.None, CultureInfo.InvariantCulture, out most)))
        {
            Refuse();
            return;
        }

        _steps[^1] = new PatternSequence.Step(_steps[^1].Set, least, most);
    }

    private void Add(IEnumerable<(int First, int Last)> ranges, bool isNegated)
    {
        if (!_isStarted || _isEnded)
        {
            Refuse();
            return;
        }

        _steps.Add(new PatternSequence.Step(new CodePointSet(ranges, isNegated), 1, 1));
    }

    private void Refuse() => Problem = "it is no plain sequence";
}
