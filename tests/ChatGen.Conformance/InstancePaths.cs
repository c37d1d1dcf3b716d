using ChatGen.Generator.Documents;

namespace ChatGen.Conformance;

/// <summary>Nodes of an instance as emitted validators name them. The name of a member is named like its value.</summary>
internal static class InstancePaths
{
    public static Dictionary<JsonNode, string> Of(JsonNode instance)
    {
        var paths = new Dictionary<JsonNode, string>();
        Add(instance, "$");
        return paths;

        void Add(JsonNode node, string path)
        {
            paths.Add(node, path);
            switch (node)
            {
                case JsonObjectNode value:
                    foreach (JsonMember member in value.Members)
                    {
                        paths.Add(member.NameNode, $"{path}.{member.Name}");
                        Add(member.Value, $"{path}.{member.Name}");
                    }

                    break;
                case JsonArrayNode array:
                    for (int i = 0; i < array.Items.Count; i++)
                    {
                        Add(array.Items[i], $"{path}[{i}]");
                    }

                    break;
            }
        }
    }
}
