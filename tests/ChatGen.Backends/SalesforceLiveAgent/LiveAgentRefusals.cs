using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.SalesforceLiveAgent;

/// <summary>Why Live Agent refuses requests. It has no codes but the HTTP statuses.</summary>
internal static class LiveAgentRefusals
{
    public static RefusalException BadRequest(string message) => new(400, "Bad Request", message);

    public static RefusalException Member(MemberFault fault, string name) => BadRequest($"member '{name}': {fault}");

    public static RefusalException SessionNotValid(string message, bool isComplaint = true) => new(403, "Forbidden", message) { IsComplaint = isComplaint };

    public static RefusalException NotFound() => new(404, "Not Found", "there is no such resource");

    public static RefusalException WrongVerb(string allowed) => new(405, "Method Not Allowed", $"the verb has to be {allowed}") { Field = allowed };

    public static RefusalException DuplicatePoll() => new(409, "Conflict", "two polls at a time; the chat is terminated");

    public static RefusalException AffinityChanged(bool isComplaint) => new(503, "Service Unavailable", "Invalid Affinity Token") { IsComplaint = isComplaint };
}
