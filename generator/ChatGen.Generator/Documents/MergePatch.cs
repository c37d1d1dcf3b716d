namespace ChatGen.Generator.Documents;

/// <summary>JSON Merge Patch (RFC 7396) over positioned trees: every node of the outcome still knows where it stands.</summary>
internal static class MergePatch
{
    public static JsonNode Apply(JsonNode target, JsonNode patch)
    {
        if (patch is not JsonObjectNode patchObject)
        {
            return patch;
        }

        IReadOnlyList<JsonMember> targetMembers = target is JsonObjectNode targetObject ? targetObject.Members : [];
        var members = new List<JsonMember>();
        foreach (JsonMember member in targetMembers)
        {
            JsonMember? change = patchObject.Find(member.Name);
            if (change is null)
            {
                members.Add(member);
            }
            else if (change.Value is not JsonNullNode)
            {
                members.Add(new JsonMember(member.Name, change.NameNode, Apply(member.Value, change.Value)));
            }
        }

        var known = new HashSet<string>(targetMembers.Select(member => member.Name), StringComparer.Ordinal);
        foreach (JsonMember member in patchObject.Members)
        {
            if (!known.Contains(member.Name) && member.Value is not JsonNullNode)
            {
                members.Add(new JsonMember(member.Name, member.NameNode, Apply(new JsonNullNode(member.Value.Source, member.Value.Span), member.Value)));
            }
        }

        return new JsonObjectNode(patchObject.Source, patchObject.Span, members);
    }
}
