namespace ChatGen;

/// <summary>What the REST transport tells message handlers about a request, by <see cref="HttpRequestMessage.Options"/>.</summary>
public static class ChatHttpRequest
{
    /// <summary>Whether the request may be sent again if its fate is unknown. Absent is <see langword="false"/>.</summary>
    public static readonly HttpRequestOptionsKey<bool> Idempotent = new("ChatGen.Idempotent");

    /// <summary>Whether the backend holds the request until it has something to tell, so that a long silence is no failure. Absent is <see langword="false"/>.</summary>
    public static readonly HttpRequestOptionsKey<bool> LongPoll = new("ChatGen.LongPoll");
}
