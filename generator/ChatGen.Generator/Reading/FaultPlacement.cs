using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Reading;

/// <summary>
/// Says whose a fault is that shows when a schema is read over its base. What the base has alone is the base's to report. What comes of
/// the two together is the schema's: it is shown at the <c>null</c> without which it would not be, or else at the word <c>extends</c>.
/// </summary>
internal sealed class FaultPlacement
{
    // Each one that is tried is a reading of the schema, while an author types.
    private const int MaxRemovals = 64;
    private const int MaxLength = 300_000;

    private readonly SchemaChain _chain;
    private readonly SchemaDocument _document;
    private readonly DiagnosticBag _diagnostics;
    private readonly Func<SchemaChain, JsonNode?, DiagnosticBag> _read;
    private readonly SchemaDocument? _base;
    private readonly ILookup<(string Id, string Path, int Start), SchemaFault> _baseFaults;

    private FaultPlacement(SchemaChain chain, SchemaDocument document, DiagnosticBag diagnostics, Func<SchemaChain, JsonNode?, DiagnosticBag> read)
    {
        _chain = chain;
        _document = document;
        _diagnostics = diagnostics;
        _read = read;
        _base = chain.Base is null ? null : SchemaDocument.Load(chain.Base, new DiagnosticBag(chain.Base.Text));
        _baseFaults = (chain.Base is null ? [] : read(chain.Base, null).Faults).ToLookup(fault => fault.Place);
    }

    /// <summary>Places what is wrong with a schema.</summary>
    /// <param name="chain">The schema and its bases.</param>
    /// <param name="document">The schema over its bases.</param>
    /// <param name="diagnostics">What was found.</param>
    /// <param name="read">Reads a schema over its bases, without a <c>null</c> of the schema if one is given.</param>
    public static EquatableArray<DiagnosticInfo> Place(
        SchemaChain chain, SchemaDocument document, DiagnosticBag diagnostics, Func<SchemaChain, JsonNode?, DiagnosticBag> read) =>
        diagnostics.Faults.Count == 0 || chain.Base is null
            ? diagnostics.Diagnostics
            : new FaultPlacement(chain, document, diagnostics, read).Place();

    private EquatableArray<DiagnosticInfo> Place()
    {
        SchemaFault[] faults = [.. _diagnostics.Faults.Where(fault => !IsOfBase(fault))];
        Dictionary<SchemaFault, JsonNode> removals = FindRemovals([.. faults.Where(fault => IsOfBoth(fault) || IsAbsence(fault))]);
        return faults
            .Select(fault => removals.TryGetValue(fault, out JsonNode? removal) ? _diagnostics.ShowAt(fault, removal.Span)
                : IsOfBoth(fault) && !IsOfOpenBase(fault) ? _diagnostics.ShowAt(fault, _diagnostics.BaseSpan)
                : _diagnostics.Show(fault))
            .Distinct()
            .ToEquatableArray();
    }

    /// <summary>Whether the base has the fault alone.</summary>
    private bool IsOfBase(SchemaFault fault)
    {
        if (fault.Source != _chain.Text)
        {
            return _baseFaults.Contains(fault.Place);
        }

        return _document.Merged.TryGetValue(fault.Span.Start, out (string Path, int Start) place)
            && _baseFaults[(fault.Descriptor.Id, place.Path, place.Start)].Any(other => other.Subject == fault.Subject);
    }

    private bool IsOfBoth(SchemaFault fault) => fault.Source != _chain.Text;

    // An incomplete base cannot be read alone as its variants are, so what is wrong there shows in them.
    private bool IsOfOpenBase(SchemaFault fault) => _base is { IsOpen: true } && !fault.Source.IsBuiltIn;

    /// <summary>Whether something is not there, which shows at what it should be part of.</summary>
    private static bool IsAbsence(SchemaFault fault) => fault.Descriptor == Descriptors.MissingDefinition || fault.Descriptor == Descriptors.InvalidMapping;

    private Dictionary<SchemaFault, JsonNode> FindRemovals(SchemaFault[] faults)
    {
        var found = new Dictionary<SchemaFault, JsonNode>();
        if (faults.Length == 0 || _base is null)
        {
            return found;
        }

        ILookup<(string Id, string Path, int Start), SchemaFault> places = faults.ToLookup(fault => fault.Place);
        foreach (JsonNode removal in Removals(_base.Root, _document.Own).Take(Math.Min(MaxRemovals, MaxLength / _chain.Text.Text.Length)))
        {
            ILookup<(string Id, string Path, int Start), SchemaFault> others = _read(_chain, removal).Faults.ToLookup(fault => fault.Place);
            foreach (SchemaFault fault in faults.Where(fault => !found.ContainsKey(fault)))
            {
                if (others[fault.Place].Count() < places[fault.Place].Count() && !others[fault.Place].Any(other => other.Subject == fault.Subject))
                {
                    found.Add(fault, removal);
                }
            }
        }

        return found;
    }

    /// <summary>The values <c>null</c> that remove something.</summary>
    private static IEnumerable<JsonNode> Removals(JsonObjectNode target, JsonObjectNode patch)
    {
        foreach (JsonMember member in patch.Members)
        {
            switch (target[member.Name], member.Value)
            {
                case (not null, JsonNullNode removal):
                    yield return removal;
                    break;
                case (JsonObjectNode inner, JsonObjectNode change):
                    foreach (JsonNode removal in Removals(inner, change))
                    {
                        yield return removal;
                    }

                    break;
            }
        }
    }
}
