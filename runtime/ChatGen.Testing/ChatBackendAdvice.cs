using System.Text.Json.Nodes;

namespace ChatGen.Testing;

/// <summary>Advice to a client. Bayeux: <c>advice</c>.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ChatBackendAdvice
{
    /// <summary>What to do next. Default: <see cref="ChatBackendReconnect.Retry"/>.</summary>
    public ChatBackendReconnect Reconnect { get; init; }

    /// <summary>How long to wait before that, in whole milliseconds; negative: not to do it. Absent if <see langword="null"/>, the default.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How long the server says it holds a <c>/meta/connect</c>. Only said: the backend goes by <see cref="ChatBackendOptions.MetaConnectTimeout"/>. Absent if <see langword="null"/>, the default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long the server says it remembers a silent client. Only said: the backend goes by <see cref="ChatBackendOptions.MaxInterval"/>. Absent if <see langword="null"/>, the default.</summary>
    public TimeSpan? MaxInterval { get; init; }

    /// <summary>Other hosts of the server, for the next handshake: names or addresses, with or without a port. Absent if empty, the default.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    internal JsonObject ToJson()
    {
        JsonObject advice = new()
        {
            ["reconnect"] = Reconnect switch
            {
                ChatBackendReconnect.Retry => "retry",
                ChatBackendReconnect.Handshake => "handshake",
                ChatBackendReconnect.None => "none",
                _ => throw new InvalidOperationException($"{Reconnect} is no advice."),
            },
        };
        Add("interval", Interval);
        Add("timeout", Timeout);
        Add("maxInterval", MaxInterval);
        if (Hosts.Count > 0)
        {
            advice["hosts"] = new JsonArray([.. Hosts.Select(host => JsonValue.Create(host))]);
        }

        return advice;

        void Add(string name, TimeSpan? value)
        {
            if (value is { } time)
            {
                advice[name] = (long)time.TotalMilliseconds;
            }
        }
    }
}
