namespace ChatGen.Generator.Reading;

/// <summary>A set of code points.</summary>
internal sealed class EcmaPatternSet
{
    private readonly List<(int First, int Last)> _ranges = [];

    public void Add(int first, int last) => _ranges.Add((first, last));

    public void Add(EcmaPatternSet other) => _ranges.AddRange(other._ranges);

    /// <summary>The ranges between two code points, in order, with nothing between neighbours missing.</summary>
    public List<(int First, int Last)> Within(int first, int last)
    {
        var result = new List<(int First, int Last)>();
        foreach ((int start, int end) in _ranges.OrderBy(range => range.First))
        {
            (int low, int high) = (Math.Max(start, first), Math.Min(end, last));
            if (low > high)
            {
                continue;
            }

            if (result.Count > 0 && low <= result[result.Count - 1].Last + 1)
            {
                result[result.Count - 1] = (result[result.Count - 1].First, Math.Max(high, result[result.Count - 1].Last));
            }
            else
            {
                result.Add((low, high));
            }
        }

        return result;
    }

    /// <summary>What is missing between two code points.</summary>
    public EcmaPatternSet Complement(int first, int last)
    {
        var result = new EcmaPatternSet();
        int next = first;
        foreach ((int start, int end) in Within(first, last))
        {
            if (start > next)
            {
                result.Add(next, start - 1);
            }

            next = end + 1;
        }

        if (next <= last)
        {
            result.Add(next, last);
        }

        return result;
    }
}
