using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen.Differential.Comparison;

/// <summary>JSON texts that are one step smaller: without one member or item anywhere, or with a part in place of its whole.</summary>
internal static class Reductions
{
    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<string> Of(string text) => Of(JsonNode.Parse(text)).Select(Write).Where(reduced => reduced.Length < text.Length);

    /// <summary>The values directly within a text's value.</summary>
    public static IEnumerable<string> PartsOf(string text) => JsonNode.Parse(text) switch
    {
        JsonObject members => members.Select(member => Write(member.Value)),
        JsonArray items => items.Select(Write),
        _ => [],
    };

    private static string Write(JsonNode? node) => node?.ToJsonString(s_options) ?? "null";

    private static IEnumerable<JsonNode?> Of(JsonNode? node) => node switch
    {
        JsonObject members => members.Select(member => member.Key).ToArray().SelectMany(name => Parts(members[name], part => With(members, name, part), () => Without(members, name))),
        JsonArray items => Enumerable.Range(0, items.Count).SelectMany(index => Parts(items[index], part => With(items, index, part), () => Without(items, index))),
        _ => [],
    };

    private static IEnumerable<JsonNode?> Parts(JsonNode? part, Func<JsonNode?, JsonNode> replaced, Func<JsonNode> without) =>
        [without(), part?.DeepClone(), replaced(new JsonObject()), .. Of(part).Select(replaced)];

    private static JsonObject With(JsonObject members, string name, JsonNode? value)
    {
        var copy = (JsonObject)members.DeepClone();
        copy[name] = value;
        return copy;
    }

    private static JsonObject Without(JsonObject members, string name)
    {
        var copy = (JsonObject)members.DeepClone();
        copy.Remove(name);
        return copy;
    }

    private static JsonArray With(JsonArray items, int index, JsonNode? value)
    {
        var copy = (JsonArray)items.DeepClone();
        copy[index] = value;
        return copy;
    }

    private static JsonArray Without(JsonArray items, int index)
    {
        var copy = (JsonArray)items.DeepClone();
        copy.RemoveAt(index);
        return copy;
    }
}
