using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.AmazonConnect;

/// <summary>Why Amazon Connect refuses requests.</summary>
internal static class ConnectRefusals
{
    public static RefusalException Validation(string message, bool isComplaint = true) => new(400, "ValidationException", message) { IsComplaint = isComplaint };

    public static RefusalException Member(MemberFault fault, string name) => Validation($"{name}: {fault}");

    public static RefusalException AccessDenied(string message, bool isComplaint = true) => new(403, "AccessDeniedException", message) { IsComplaint = isComplaint };

    public static RefusalException NotFound(string message) => new(404, "ResourceNotFoundException", message);

    public static RefusalException Conflict(string message) => new(409, "ConflictException", message);

    public static RefusalException QuotaExceeded(string message) => new(402, "ServiceQuotaExceededException", message) { IsComplaint = false };

    // Where the name of the error stands is inferred: in the header and in the content, as AWS does elsewhere.
    public static EmulatorAnswer ToAnswer(RefusalException refusal)
    {
        JsonObject json = new() { ["__type"] = refusal.Code, ["message"] = refusal.Message };
        EmulatorAnswer answer = EmulatorAnswer.Respond(refusal.Status, json.ToJsonString()).WithHeader("x-amzn-ErrorType", refusal.Code);
        return refusal.Status == 405 ? answer.WithHeader("Allow", refusal.Field!) : answer;
    }
}
