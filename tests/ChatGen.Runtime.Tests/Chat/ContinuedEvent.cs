using System.Text.Json;

namespace ChatGen.Tests;

public sealed record ContinuedEvent : ChatEvent
{
    public static readonly ChatEventType<ContinuedEvent> Type = new("continued", "Continued", false, ChatEventRole.Continued, Read);

    public override ChatEventType EventType => Type;

    private static ContinuedEvent Read(ref Utf8JsonReader reader, ChatEventHeader header)
    {
        while (ChatJson.ReadMember(ref reader))
        {
            ChatJson.SkipValue(ref reader);
        }

        return new ContinuedEvent { Index = header.Index, Timestamp = header.Timestamp };
    }
}
