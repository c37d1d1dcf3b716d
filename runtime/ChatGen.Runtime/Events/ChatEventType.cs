using System.Text.Json;

namespace ChatGen;

/// <summary>Reads the members of an event; the reader stands on the object's start and is left on its end.</summary>
/// <typeparam name="TEvent">The event's type.</typeparam>
/// <param name="reader">Stands on the object's start.</param>
/// <param name="header">The members that all events have in common, read before.</param>
/// <returns>The event.</returns>
/// <exception cref="JsonException">The object breaks the event's schema.</exception>
public delegate TEvent ChatEventReader<out TEvent>(ref Utf8JsonReader reader, ChatEventHeader header)
    where TEvent : ChatEvent;

/// <summary>What the schema says of one event type.</summary>
public class ChatEventType
{
    /// <summary>The type of events that the schema does not know.</summary>
    internal static readonly ChatEventType Unknown = new("unknown", "", false, ChatEventRole.None, null);

    /// <summary>Makes a type.</summary>
    private protected ChatEventType(string name, string wireName, bool keptInHistory, ChatEventRole role, ChatEventReader<ChatEvent>? read)
    {
        Name = name;
        WireName = wireName;
        KeptInHistory = keptInHistory;
        Role = role;
        Read = read;
    }

    /// <summary>Name in the schema: <c>messageReceived</c>.</summary>
    public string Name { get; }

    /// <summary>Value of the discriminator on the wire: <c>MessageReceived</c>.</summary>
    public string WireName { get; }

    /// <summary>Whether events of this type are part of the transcript and move the session's last index.</summary>
    public bool KeptInHistory { get; }

    /// <summary>What events of this type mean for the session itself.</summary>
    public ChatEventRole Role { get; }

    /// <summary>Reads an event of this type.</summary>
    internal ChatEventReader<ChatEvent>? Read { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What the schema says of one event type.</summary>
/// <typeparam name="TEvent">The generated record.</typeparam>
/// <param name="name">Name in the schema.</param>
/// <param name="wireName">Value of the discriminator on the wire.</param>
/// <param name="keptInHistory">Whether events of this type are part of the transcript.</param>
/// <param name="role">What they mean for the session itself.</param>
/// <param name="read">Reads an event of this type.</param>
public sealed class ChatEventType<TEvent>(string name, string wireName, bool keptInHistory, ChatEventRole role, ChatEventReader<TEvent> read)
    : ChatEventType(name, wireName, keptInHistory, role, read)
    where TEvent : ChatEvent;
