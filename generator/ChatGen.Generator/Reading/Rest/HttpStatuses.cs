using ChatGen.Generator.Documents;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>HTTP statuses in the mapping.</summary>
internal static class HttpStatuses
{
    /// <summary>Whether a value is one status.</summary>
    public static bool IsStatus(JsonNode node) => node is JsonNumberNode number && NumberText.TryParseInt32(number.Text, out int status) && status is >= 100 and <= 599;

    /// <summary>Whether a value is a class of statuses, such as <c>"4xx"</c>.</summary>
    public static bool IsClass(JsonNode node) => node is JsonStringNode { Value: ['1' or '2' or '3' or '4' or '5', 'x', 'x'] };
}
