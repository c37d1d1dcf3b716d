using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGen.JsonSchemas;

namespace ChatGen.Differential.Records;

/// <summary>A reason for which <c>TryParse</c> may refuse what the specification accepts, or the other way around. All of them are in <see cref="All"/>, and in the documentation.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Explains">Whether it is the reason.</param>
internal sealed record KnownDifference(string Reason, Func<RecordCase, bool> Explains)
{
    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        new("An integer is one of 32 or of 64 bits.", Refused(
            (failure, value) => failure.Keyword == "type" && failure.Message.Contains("integer", StringComparison.Ordinal)
                && IsInteger(value) && !(decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
                    && number >= (failure.Message.Contains("32-bit", StringComparison.Ordinal) ? int.MinValue : long.MinValue)
                    && number <= (failure.Message.Contains("32-bit", StringComparison.Ordinal) ? int.MaxValue : long.MaxValue)))),
        new("A decimal has 28 digits.", Refused((failure, _) => failure.Message.EndsWith("has more digits than a decimal holds", StringComparison.Ordinal))),
        new("A double is finite and has about 17 digits.", Refused((failure, _) => failure.Message.EndsWith("has more digits than a double holds", StringComparison.Ordinal))),
        new("A TimeSpan has ticks of 100 ns and less than 30,000 years.", Refused((failure, _) => failure.Message.EndsWith("is too long a duration", StringComparison.Ordinal))),
        new("A DateTimeOffset has no leap seconds.", Refused((failure, _) => failure.Message.EndsWith("is a date and time that .NET has no value for", StringComparison.Ordinal))),
        new("What exists only in the process, such as a transport, is not read.", of => of.Judged.Count == 0 != (of.Parsed.Count == 0)
            && JsonNode.Parse(of.Instance) is JsonObject members && (members.ContainsKey("transport") || members.ContainsKey("stateStorage") || members.ContainsKey("logger"))),
    ];

    /// <summary>
    /// Whether a failure has words of its own: an <c>anyOf</c> of <c>required</c> names the members as C# does, and a choice within a value that is itself an alternative is
    /// another rule than the choice between the alternatives, which has the same keyword at the same place.
    /// </summary>
    public static bool ExplainsWords(ChatValidationFailure failure) =>
        (failure.Keyword == "anyOf" && failure.Message.Contains("' needs '", StringComparison.Ordinal))
        || (failure is { Keyword: "anyOf" or "oneOf", Path: not "$" } && failure.Message.StartsWith("The value ", StringComparison.Ordinal));

    /// <summary>Something that the specification accepts and a C# type cannot hold.</summary>
    private static Func<RecordCase, bool> Refused(Func<ChatValidationFailure, string?, bool> explains) =>
        of => of.Judged.Count == 0 && of.Parsed.Any(failure => explains(failure, of.At(failure.Path) is JsonValue value ? value.ToJsonString() : null));

    private static bool IsInteger(string? json)
    {
        if (json is null)
        {
            return false;
        }

        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Number && JsonNumber.Parse(json).IsInteger;
    }
}
