namespace ChatGen;

/// <summary>A set of code points, surrogates among them.</summary>
internal sealed class CodePointSet
{
    private const int Last = 0x10FFFF;

    // Ordered, disjoint and not adjacent; both ends belong to the range.
    private readonly (int First, int Last)[] _ranges;
    private readonly UInt128 _ascii;

    /// <summary>Makes a set of ranges in any order.</summary>
    public CodePointSet(IEnumerable<(int First, int Last)> ranges, bool isNegated)
    {
        var merged = new List<(int First, int Last)>();
        foreach ((int first, int last) in ranges.OrderBy(range => range.First))
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            }
            else
            {
                merged.Add((first, last));
            }
        }

        _ranges = [.. isNegated ? Complement(merged) : merged];
        for (int i = 0; i < 128; i++)
        {
            _ascii |= (UInt128)(IsInRange(i) ? 1u : 0u) << i;
        }
    }

    public bool Contains(int codePoint) => codePoint < 128 ? ((_ascii >> codePoint) & 1) != 0 : IsInRange(codePoint);

    public bool Overlaps(CodePointSet other) =>
        _ranges.Any(range => other._ranges.Any(its => range.First <= its.Last && its.First <= range.Last));

    private bool IsInRange(int codePoint)
    {
        foreach ((int first, int last) in _ranges)
        {
            if (codePoint <= last)
            {
                return codePoint >= first;
            }
        }

        return false;
    }

    private static IEnumerable<(int First, int Last)> Complement(List<(int First, int Last)> ranges)
    {
        int next = 0;
        foreach ((int first, int last) in ranges)
        {
            if (next < first)
            {
                yield return (next, first - 1);
            }

            next = last + 1;
        }

        if (next <= Last)
        {
            yield return (next, Last);
        }
    }
}
