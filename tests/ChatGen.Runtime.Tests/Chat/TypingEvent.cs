using System.Text.Json;

namespace ChatGen.Tests;

public sealed record TypingEvent : ChatEvent
{
    public static readonly ChatEventType<TypingEvent> Type = new("agentTyping", "AgentTyping", false, ChatEventRole.None, Read);

    public override ChatEventType EventType => Type;

    private static TypingEvent Read(ref Utf8JsonReader reader, ChatEventHeader header)
    {
        while (ChatJson.ReadMember(ref reader))
        {
            ChatJson.SkipValue(ref reader);
        }

        return new TypingEvent { Index = header.Index, Timestamp = header.Timestamp };
    }
}
