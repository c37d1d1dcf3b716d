using System.Collections.Immutable;
using System.Text.Json;
using ChatGen.Rest;

namespace ChatGen;

/// <summary>The values of the placeholders of one request.</summary>
/// <param name="values">The session's.</param>
/// <param name="counters">The counters that go up with the request.</param>
/// <param name="options">The options in their wire form.</param>
/// <param name="command">The operation, for its files.</param>
/// <param name="nextIndex">The index after the last event that was seen.</param>
/// <param name="uuid">The fresh UUID; made when it is asked for if absent.</param>
internal sealed class RestRequestScope(
    ImmutableDictionary<string, TemplateValue> values, Dictionary<string, long> counters, JsonElement options, ChatCommand? command, int nextIndex, string? uuid = null) : ITemplateScope
{
    private string? _uuid = uuid;

    /// <summary>The options in their wire form.</summary>
    public JsonElement Options => options;

    public ChatCommand? Command => command;

    public TemplateValue Find(TemplatePlaceholder source)
    {
        switch (source.Kind)
        {
            case TemplateSourceKind.State:
                return counters.TryGetValue(source.Path[0], out long counter) ? TemplateValue.Of(counter) : values.GetValueOrDefault(source.Path[0]);
            case TemplateSourceKind.Options:
                TemplateValue value = TemplateValue.At(options, source.Path);
                return value.IsAbsent && source.Path.Count > 0 && command?.FindFile(source.Path[0]) is { } file ? Of(file, source.Path) : value;
            case TemplateSourceKind.NextIndex:
                return TemplateValue.Of(nextIndex);
            case TemplateSourceKind.NewUuid:
                return TemplateValue.Of(_uuid ??= Guid.NewGuid().ToString());
            default:
                return default;
        }
    }

    /// <summary>A file, or what is known of it.</summary>
    private static TemplateValue Of(ChatFile file, IReadOnlyList<string> path) => path switch
    {
        [_] => TemplateValue.Of(file),
        [_, "name"] => TemplateValue.Of(file.Name),
        [_, "type"] => TemplateValue.Of(file.ContentType),
        [_, "size"] => TemplateValue.Of(file.Length),
        _ => default,
    };
}
