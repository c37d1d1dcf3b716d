using System.Text.Json;

namespace ChatGen.Tests;

public sealed record StartResult(string SessionId)
{
    public static StartResult Read(ref Utf8JsonReader reader)
    {
        ChatJson.ExpectObject(ref reader);
        string? sessionId = null;
        while (ChatJson.ReadMember(ref reader))
        {
            if (reader.ValueTextEquals("sessionId"u8))
            {
                sessionId = ChatJson.ReadString(ref reader, "sessionId");
            }
            else
            {
                ChatJson.SkipValue(ref reader);
            }
        }

        return new StartResult(sessionId ?? throw ChatJson.Missing("sessionId"));
    }
}
