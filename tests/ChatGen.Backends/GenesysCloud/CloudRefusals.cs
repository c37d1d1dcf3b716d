using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.GenesysCloud;

/// <summary>Why Genesys Cloud refuses requests.</summary>
internal static class CloudRefusals
{
    public static RefusalException BadRequest(string message, string code = CloudCodes.BadRequest, bool isComplaint = true) => new(400, code, message) { IsComplaint = isComplaint };

    // Which of the general codes goes with which fault is inferred.
    public static RefusalException Member(MemberFault fault, string name) => name switch
    {
        "memberInfo" or "memberInfo.displayName" when fault is MemberFault.Missing => BadRequest($"{name} is missing", CloudCodes.NoDisplayName),
        "routingTarget" when fault is MemberFault.Missing => BadRequest($"{name} is missing", CloudCodes.NoRoutingTarget),
        "body" when fault is MemberFault.Missing => BadRequest($"{name} is missing", CloudCodes.NoBody),
        _ => BadRequest($"{name}: {fault}", fault is MemberFault.Missing or MemberFault.Empty ? CloudCodes.ConstraintValidation : CloudCodes.BadRequest),
    };

    public static RefusalException NotFound(string what = "there is no such resource") => new(404, CloudCodes.NotFound, what);

    public static EmulatorAnswer ToAnswer(RefusalException refusal)
    {
        JsonObject json = new()
        {
            ["message"] = refusal.Message,
            ["code"] = refusal.Code,
            ["status"] = refusal.Status,
            ["messageWithParams"] = refusal.Message,
            ["messageParams"] = new JsonObject(),
            ["contextId"] = Guid.NewGuid().ToString(),
            ["details"] = new JsonArray(),
            ["errors"] = new JsonArray(),
        };
        EmulatorAnswer answer = EmulatorAnswer.Respond(refusal.Status, json.ToJsonString());
        return refusal.Status == 405 ? answer.WithHeader("Allow", refusal.Field!) : answer;
    }
}
