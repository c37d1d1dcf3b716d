using ChatGen.Testing.Bayeux;

namespace ChatGen.Testing;

/// <summary>A request as the backend received it: an HTTP request, or a frame on a WebSocket.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ChatBackendRequest
{
    internal ChatBackendRequest(ChatBackendTransport transport, string path, IReadOnlyList<string> channels, string? clientId, DateTimeOffset receivedAt)
    {
        Transport = transport;
        Path = path;
        Channels = channels;
        ClientId = clientId;
        ReceivedAt = receivedAt;
    }

    /// <summary>What it came over.</summary>
    public ChatBackendTransport Transport { get; }

    /// <summary>Path of its URL, for a frame that of the WebSocket.</summary>
    public string Path { get; }

    /// <summary>Channels of its Bayeux messages, in their order. Empty for REST, for the opening of a WebSocket, and where there are no messages.</summary>
    public IReadOnlyList<string> Channels { get; }

    /// <summary>The Bayeux client that it says it is of; <see langword="null"/> if it does not say so. A secret.</summary>
    public string? ClientId { get; }

    /// <summary>When it came, by <see cref="ChatBackendOptions.TimeProvider"/>.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>What was done to it on purpose; <see cref="ChatBackendFault.None"/> while a fault's condition looks at it.</summary>
    public ChatBackendFault Fault { get; internal set; }

    /// <summary>Whether its answer was delayed on purpose.</summary>
    public bool IsDelayed { get; internal set; }

    /// <summary>Whether it carries a handshake.</summary>
    public bool IsHandshake => Carries(BayeuxChannels.Handshake);

    /// <summary>Whether it carries a <c>/meta/connect</c>.</summary>
    public bool IsConnect => Carries(BayeuxChannels.Connect);

    /// <summary>Whether it carries a message that is published, as everything is that a chat sends over CometD.</summary>
    public bool IsPublish => Channels.Any(channel => !BayeuxChannels.IsMeta(channel));

    /// <summary>Whether it carries a message on this channel.</summary>
    /// <param name="channel">The channel.</param>
    public bool Carries(string channel) => Channels.Contains(channel);

    /// <summary>What it came over, what it carries and what was done to it; no secrets.</summary>
    public override string ToString() =>
        $"{Transport} {Path} [{string.Join(", ", Channels)}]{(IsDelayed ? " delayed" : "")}{(Fault == ChatBackendFault.None ? "" : $" {Fault}")}";
}
