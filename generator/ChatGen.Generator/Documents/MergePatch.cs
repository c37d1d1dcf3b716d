using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Generator.Documents;

/// <summary>JSON Merge Patch (RFC 7396) over positioned trees: every node of the outcome still knows where it stands.</summary>
internal sealed class MergePatch
{
    // The members of these are named by the author; everywhere else they are keywords.
    private static readonly HashSet<string> s_maps = new(["properties", "patternProperties", "definitions", "$defs", "dependencies", "dependentSchemas", "dependentRequired"], StringComparer.Ordinal);

    private readonly Dictionary<int, (string Path, int Start)> _merged = [];
    private readonly List<EmptyRemoval> _emptyRemovals = [];
    private readonly JsonNode? _without;

    private MergePatch(JsonNode? without) => _without = without;

    /// <summary>
    /// Where the objects and names of the patch that are merged with one of the target stand in the target, by their first character:
    /// a fault at such a place may be one of the target.
    /// </summary>
    public IReadOnlyDictionary<int, (string Path, int Start)> Merged => _merged;

    /// <summary>Each <c>null</c> of the patch that removes nothing.</summary>
    public IReadOnlyList<EmptyRemoval> EmptyRemovals => _emptyRemovals;

    /// <summary>Merges.</summary>
    /// <param name="target">What is changed.</param>
    /// <param name="patch">The changes.</param>
    /// <param name="without">A value of the patch that is left out, as if its member were not there.</param>
    /// <param name="merge">What is known of it.</param>
    public static JsonNode Apply(JsonNode target, JsonNode patch, JsonNode? without, out MergePatch merge)
    {
        merge = new MergePatch(without);
        return merge.Apply(target, patch, "", null, ValuePlaces.Root);
    }

    /// <param name="target">What is changed.</param>
    /// <param name="patch">The changes.</param>
    /// <param name="name">The name of the member that both are the values of.</param>
    /// <param name="keyword">The keyword of whose value both are a part, if <c>null</c> can be a value there.</param>
    /// <param name="place">Where they stand on the way to where <c>null</c> is a value; <see langword="null"/> if on none.</param>
    private JsonNode Apply(JsonNode target, JsonNode patch, string name, string? keyword, ValuePlaces? place)
    {
        if (patch is not JsonObjectNode patchObject)
        {
            return patch;
        }

        var targetObject = target as JsonObjectNode;
        if (targetObject is not null)
        {
            Note(patchObject.Span, targetObject);
        }

        string? KeywordOf(JsonMember member) => keyword ?? (member.Name is "const" or "default" && !s_maps.Contains(name) ? member.Name : null);

        IReadOnlyList<JsonMember> targetMembers = targetObject?.Members ?? [];
        var members = new List<JsonMember>();
        foreach (JsonMember member in targetMembers)
        {
            JsonMember? change = Find(patchObject, member.Name);
            if (change is null)
            {
                members.Add(member);
            }
            else if (change.Value is not JsonNullNode || place is { KeepsNull: true })
            {
                Note(change.NameNode.Span, member.NameNode);
                members.Add(new JsonMember(member.Name, change.NameNode, Apply(member.Value, change.Value, member.Name, KeywordOf(member), place?.Within(member.Name))));
            }
        }

        var known = new HashSet<string>(targetMembers.Select(member => member.Name), StringComparer.Ordinal);
        foreach (JsonMember member in patchObject.Members)
        {
            if (known.Contains(member.Name))
            {
                continue;
            }

            if (member.Value is not JsonNullNode || (place is { KeepsNull: true } && !IsLeftOut(member)))
            {
                members.Add(new JsonMember(member.Name, member.NameNode, Apply(new JsonNullNode(member.Value.Source, member.Value.Span), member.Value, member.Name, KeywordOf(member), place?.Within(member.Name))));
            }
            else if (!IsLeftOut(member))
            {
                _emptyRemovals.Add(new EmptyRemoval(member, KeywordOf(member), targetObject));
            }
        }

        return new JsonObjectNode(patchObject.Source, patchObject.Span, members);
    }

    private JsonMember? Find(JsonObjectNode patch, string name) => patch.Find(name) is { } member && !IsLeftOut(member) ? member : null;

    private bool IsLeftOut(JsonMember member) => _without is not null && member.Value.Span == _without.Span;

    private void Note(TextSpan place, JsonNode target) => _merged[place.Start] = (target.Source.Path, target.Span.Start);
}
