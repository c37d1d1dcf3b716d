using System.Text.Json;

namespace ChatGen.Tests;

public sealed record InterruptedEvent : ChatEvent
{
    public static readonly ChatEventType<InterruptedEvent> Type = new("interrupted", "Interrupted", false, ChatEventRole.Interrupted, Read);

    public override ChatEventType EventType => Type;

    private static InterruptedEvent Read(ref Utf8JsonReader reader, ChatEventHeader header)
    {
        while (ChatJson.ReadMember(ref reader))
        {
            ChatJson.SkipValue(ref reader);
        }

        return new InterruptedEvent { Index = header.Index, Timestamp = header.Timestamp };
    }
}
