using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Generator.Documents;

/// <summary>Places about which something is said already. Both they and what is asked may be many.</summary>
internal sealed class MetaSchemaSpans
{
    private readonly TextSpan[] _spans;
    private readonly int[] _ends;

    public MetaSchemaSpans(IEnumerable<TextSpan> spans)
    {
        _spans = [.. spans.OrderBy(span => span.Start)];
        _ends = new int[_spans.Length];
        int end = 0;
        for (int i = 0; i < _spans.Length; i++)
        {
            end = Math.Max(end, _spans[i].End);
            _ends[i] = end;
        }
    }

    /// <summary>Whether one of them lies on, in or around a place.</summary>
    public bool Touch(TextSpan place) => EndBefore(place.End) > place.Start;

    /// <summary>Whether one of them lies on, in or around a place, or right beside it.</summary>
    public bool Meet(TextSpan place) => EndBefore(place.End + 1) >= place.Start;

    /// <summary>The last end of those that begin in front of a position.</summary>
    private int EndBefore(int position)
    {
        int low = 0;
        int high = _spans.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_spans[middle].Start < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 ? _ends[low - 1] : -1;
    }
}
