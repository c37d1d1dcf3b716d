namespace ChatGen;

/// <summary>What the REST transport says of its requests, in <see cref="HttpRequestMessage.Options"/>, to handlers that repeat or limit them.</summary>
public static class ChatHttpRequest
{
    /// <summary>Whether the request does no harm if the backend gets it twice. Where nothing is said, GET and HEAD do none.</summary>
    public static readonly HttpRequestOptionsKey<bool> Idempotent = new("ChatGen.Idempotent");

    /// <summary>Whether the backend holds the request back until there is something to answer. Where nothing is said, it answers at once.</summary>
    public static readonly HttpRequestOptionsKey<bool> LongPoll = new("ChatGen.LongPoll");
}
