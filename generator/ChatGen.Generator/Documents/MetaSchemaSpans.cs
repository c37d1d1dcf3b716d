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
    public bool Touch(TextSpan place)
    {
        // How many begin in front of its end; of these, one that ends behind its start is what is looked for.
        int low = 0;
        int high = _spans.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_spans[middle].Start < place.End)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 && _ends[low - 1] > place.Start;
    }
}
