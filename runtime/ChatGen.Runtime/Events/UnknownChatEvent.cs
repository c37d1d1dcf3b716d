using System.Text.Json.Nodes;

namespace ChatGen;

/// <summary>An event of a type that the schema does not know. It is handed on as it came, so that nothing is lost.</summary>
public sealed record UnknownChatEvent : ChatEvent
{
    /// <summary>The discriminator as the backend sent it.</summary>
    public required string WireName { get; init; }

    /// <summary>The whole event as the backend sent it.</summary>
    public required JsonObject Json { get; init; }

    /// <inheritdoc/>
    public override ChatEventType EventType => ChatEventType.Unknown;
}
