using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ChatGen;

/// <summary>Turns what the backend tells into events of the schema.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class RestEventMapper(RestEventsMapping mapping, ChatProtocol protocol)
{
    private readonly FrozenDictionary<string, string> _wireNames = protocol.Events.Types.ToFrozenDictionary(type => type.Name, type => type.WireName, StringComparer.Ordinal);

    /// <summary>The events of an answer: those of its entries in their order, then those of the whole.</summary>
    /// <param name="request">The request that is answered, for its values.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="entries">Where the entries are, if they are elsewhere than in other answers.</param>
    public List<RestEvent> Read(ITemplateScope request, RestAnswer answer, TextTemplate? entries)
    {
        var events = new List<RestEvent>();
        foreach (JsonElement entry in Entries(request, answer, entries ?? mapping.Entries))
        {
            if (mapping.Rules is not { } rules)
            {
                events.Add(new RestEvent(JsonOf(entry), null, IndexOf(entry), false, false));
                continue;
            }

            var scope = new RestAnswerScope(request, answer, entry);
            RestEventRule? rule = Array.Find(rules, rule => rule.Condition.Holds(scope));
            if (rule is null)
            {
                events.Add(new RestEvent(JsonOf(entry), mapping.Id?.Evaluate(scope).Text, null, true, false));
            }
            else if (rule.Event is not null)
            {
                events.Add(Write(rule, scope, mapping.Id?.Evaluate(scope).Text, false));
            }
        }

        var whole = new RestAnswerScope(request, answer, answer.Body);
        foreach (RestEventRule rule in mapping.AnswerRules)
        {
            if (rule.Event is not null && rule.Condition.Holds(whole))
            {
                events.Add(Write(rule, whole, null, true));
            }
        }

        return events;
    }

    /// <summary>Events as one array, for an operation's result.</summary>
    public static JsonElement ToArray(IEnumerable<RestEvent> events)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (RestEvent entry in events.Where(entry => !entry.IsOfAnswer && !entry.IsUnknown))
            {
                writer.WriteRawValue(entry.Json.Span, skipInputValidation: true);
            }

            writer.WriteEndArray();
        }

        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static IEnumerable<JsonElement> Entries(ITemplateScope request, RestAnswer answer, TextTemplate? entries)
    {
        JsonElement found = entries is { } place
            ? place.Evaluate(new RestAnswerScope(request, answer, answer.Body)).Json
            : answer.Status is null ? answer.Body : default;
        return found.ValueKind switch
        {
            JsonValueKind.Array => found.EnumerateArray(),
            JsonValueKind.Object => [found],
            _ => [],
        };
    }

    private RestEvent Write(RestEventRule rule, ITemplateScope scope, string? id, bool isOfAnswer)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        TemplateValue index = rule.Index?.Evaluate(scope) ?? default;
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString(protocol.Events.DiscriminatorMember, _wireNames[rule.Event!]);
            Write(writer, protocol.Events.IndexMember, index);
            Write(writer, protocol.Events.TimestampMember, rule.Timestamp?.Evaluate(scope) ?? default);
            foreach ((string name, JsonTemplate template) in rule.Members?.Members ?? [])
            {
                template.TryWrite(writer, scope, name);
            }

            writer.WriteEndObject();
        }

        int? place = int.TryParse(index.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;
        return new RestEvent(buffer.WrittenMemory, id, place, false, isOfAnswer);
    }

    private static void Write(Utf8JsonWriter writer, string member, TemplateValue value)
    {
        if (!value.IsAbsent)
        {
            writer.WritePropertyName(member);
            value.WriteTo(writer);
        }
    }

    private int? IndexOf(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(protocol.Events.IndexMember, out JsonElement index) && index.ValueKind == JsonValueKind.Number && index.TryGetInt32(out int number) ? number : null;

    private static ReadOnlyMemory<byte> JsonOf(JsonElement element) => JsonMarshal.GetRawUtf8Value(element).ToArray();
}
