using System.Net;

namespace ChatGen.Testing.Faults;

/// <summary>What befalls a request, besides delay.</summary>
internal abstract record FaultEffect(ChatBackendFault Fault)
{
    public sealed record Drop() : FaultEffect(ChatBackendFault.Dropped);

    public sealed record Refuse(HttpStatusCode Status, TimeSpan? RetryAfter) : FaultEffect(ChatBackendFault.Refused);

    public sealed record Malform(MalformedAnswer Answer) : FaultEffect(ChatBackendFault.Malformed);

    public sealed record LoseReply() : FaultEffect(ChatBackendFault.ReplyLost);
}
