using System.Collections.Frozen;
using System.ComponentModel;
using System.Text.Json;

namespace ChatGen;

/// <summary>How the session looks over HTTP. Schema: <c>x-chat.transports.rest</c>.</summary>
/// <remarks>Immutable and thread-safe. The generator has checked what <see cref="Parse"/> reads.</remarks>
public sealed class RestMapping
{
    internal RestMapping()
    {
    }

    internal (string Name, JsonTemplate Value)[] Values { get; init; } = [];

    internal FrozenDictionary<string, long> Counters { get; init; } = FrozenDictionary<string, long>.Empty;

    internal (string Name, TextTemplate Value)[] Take { get; init; } = [];

    /// <summary>Besides the server's own host.</summary>
    internal string[] AllowedHosts { get; init; } = [];

    internal TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    internal FrozenDictionary<string, RestRequestMapping> Requests { get; init; } = FrozenDictionary<string, RestRequestMapping>.Empty;

    internal FrozenDictionary<string, RestStep[]> Operations { get; init; } = FrozenDictionary<string, RestStep[]>.Empty;

    internal RestErrorRule[] Errors { get; init; } = [];

    internal RestEventsMapping? Events { get; init; }

    /// <summary>The command that ends the session.</summary>
    internal string? LeaveCommand { get; init; }

    /// <summary>Reads what the generator has written. For generated code.</summary>
    /// <param name="json">The section of the schema as one JSON object.</param>
    /// <exception cref="FormatException">It is no mapping.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static RestMapping Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        using JsonDocument document = JsonDocument.Parse(json);
        return new RestMappingReader(document.RootElement).Read();
    }
}
